"""The central store: takes events from devices, keeps the book, feeds devices and others."""
