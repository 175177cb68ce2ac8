"""What editors write: case studies, the guide, news."""
