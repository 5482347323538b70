"""Scenarios about what only websocket-client has, in its own words; importing declares them."""

from . import (
    opening_detours,
    opening_fails,
    opening_redirected,
    peer_faults,
    peer_faults_when_closing,
    proxies,
    reconnecting_when_lost,
)

MODULES = (
    opening_detours,
    opening_fails,
    opening_redirected,
    peer_faults,
    peer_faults_when_closing,
    proxies,
    reconnecting_when_lost,
)
"""The modules, in the order of the README."""
