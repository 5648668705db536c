"""What a code may be: numbers, labels, links, envelopes, and what stands against each."""
