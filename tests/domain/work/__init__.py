"""What is to be done, who has it, and what is next."""
