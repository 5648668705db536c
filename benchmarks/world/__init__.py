"""What is measured in: a filled cache, a company of sites, a fleet of devices, the product as installed."""
