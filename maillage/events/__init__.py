"""The shared calendar: events, recurrence, clashes, feeds, the month's poster."""
