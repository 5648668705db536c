"""The view: a play at work as a picture that a face can paint."""
