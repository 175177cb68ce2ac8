"""Sending: an outbox in the database, emptied by the worker. Knows no message."""
