"""Finding: which device is meant by a configuration, from what the kernel tells of it, and when one comes or goes."""
