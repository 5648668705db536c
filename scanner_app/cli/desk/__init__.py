"""The desk at the centre, as commands: devices, people, what waits for somebody, and tokens of readers."""
