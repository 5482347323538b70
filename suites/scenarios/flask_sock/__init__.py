"""Scenarios about what only Flask-Sock has; importing this package declares them."""

import importlib
import pkgutil

MODULES = tuple(
    importlib.import_module(f".{found.name}", __name__) for found in pkgutil.iter_modules(__path__)
)
"""Every module of this package; each names its group."""
