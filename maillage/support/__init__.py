"""Support near here, by territory and question."""
