"""News: what people hear at work that no entry of theirs brought about, without being stopped."""
