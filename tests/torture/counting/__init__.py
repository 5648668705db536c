"""Trials of counting: what is kept fact by fact against the fold from scratch."""
