"""Who did what when."""
