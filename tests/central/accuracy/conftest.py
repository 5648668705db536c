"""The floor of the histories of counts, in a store of the engine that a test runs on."""

from tests.central.counting.conftest import floor_store

__all__ = ["floor_store"]
