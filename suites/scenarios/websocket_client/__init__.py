"""Scenarios about what only websocket-client has, in its own words; importing declares them."""

import importlib
import pkgutil

MODULES = tuple(
    importlib.import_module(f".{found.name}", __name__) for found in pkgutil.iter_modules(__path__)
)
"""Every module of this folder; each names its group."""
