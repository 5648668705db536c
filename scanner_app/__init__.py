"""The program: what a scan means, one session at work, the device's memory, and the wiring of it all."""
