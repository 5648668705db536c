"""The centre, as a session asks it: what is handed out, and what becomes of an answer."""
