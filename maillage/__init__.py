"""The product: one folder a subject; pyproject.toml says who may import whom."""
