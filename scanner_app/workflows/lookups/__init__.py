"""Look-ups: what a script may ask of the book, and the value that it is sent."""
