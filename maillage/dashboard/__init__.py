"""My space: what waits for me."""
