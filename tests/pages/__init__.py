"""Pages of the docs, followed as they stand."""
