"""The book: postings, balances as of any instant, places of plates, booking dates."""
