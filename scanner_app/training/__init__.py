"""Training: a course at the real screens over a warehouse that goes away."""
