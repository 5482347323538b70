"""Promises of tornado."""
