"""What is kept of a person; taking it away; being forgotten."""
