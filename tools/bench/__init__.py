"""Measures this version against its budgets: `make bench`, or `python -m tools.bench --help`."""
