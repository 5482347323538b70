"""Promises of websockets."""
