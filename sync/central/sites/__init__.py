"""Sites: their devices, tokens, operators signed on, status and calendar."""
