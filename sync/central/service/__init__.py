"""The service: HTTP around the store, with its limits, figures and logs."""
