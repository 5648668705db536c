"""Sources of cases, one file each: where the list of what waits for somebody comes from."""
