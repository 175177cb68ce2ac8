"""What every test stands on: a database copied from a template, and a client that looks at each answer."""
