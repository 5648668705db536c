"""Cases of counting, each a story: what happened, what was said, and what the book must say then."""
