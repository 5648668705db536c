"""Questions: what a script may ask, and how an entry is judged as its answer."""
