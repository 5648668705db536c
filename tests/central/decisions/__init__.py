"""What waits for somebody, devices and people: asked and ordered at the desk."""
