"""Intake: from a push to an outcome for each event, in one transaction."""
