"""What people type about the charter, one module a subject."""
