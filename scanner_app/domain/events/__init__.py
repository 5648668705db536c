"""Events: facts in the past tense of the floor, one file a kind, and the envelope they travel in."""
