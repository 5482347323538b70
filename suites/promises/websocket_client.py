"""Promises of websocket_client."""
