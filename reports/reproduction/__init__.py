"""Stand-alone scripts that show a behaviour: the library, the standard library, nothing of ours.

`transcript` turns a scenario's steps into code, `application` its actions; `script` puts them
around the surface's idiom, which `websocket_client`, `websockets` and `tornado` hold as text.
"""
