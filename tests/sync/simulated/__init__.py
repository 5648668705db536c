"""A warehouse of devices, a network and a centre, simulated from a seed: no thread, no socket, no real clock."""
