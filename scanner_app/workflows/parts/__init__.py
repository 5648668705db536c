"""Parts: halves of procedures that several processes share, such as source, quantity and target."""
