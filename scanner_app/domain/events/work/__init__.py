"""Work, as facts tell it: somebody asks for tasks, and a task ends."""
