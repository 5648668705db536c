"""Move: stock from place to place, taken into the hand and put out of it."""
