"""The device's end of the wire: the sync machine, its engine and its exchanges."""
