"""What waits for somebody across all subjects, and the weekly letter."""
