"""Count: goods after goods at a place, and its closing; a counter is not told what the book has there."""
