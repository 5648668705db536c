"""The desk of the centre: cases that wait for somebody, devices and people, as they are asked about and ordered."""
