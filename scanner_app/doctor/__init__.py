"""The doctor: looks at this device and says what is well, what to know, and what to mend."""
