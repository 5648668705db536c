"""A virtual machine in which real kernel devices are plugged in, and the trials of readers that run in it."""
