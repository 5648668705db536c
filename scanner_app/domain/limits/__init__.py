"""Limits: how much of something a role may do before a reason is asked, and before somebody looks at it."""
