"""Pages of the charter, one module a use case."""
