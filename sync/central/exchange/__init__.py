"""Exchange: one push and pull with a device, long polls for news, and what many requests share."""
