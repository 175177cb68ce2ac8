"""Rows for tests: one module an app, sensible values, no surprise."""
