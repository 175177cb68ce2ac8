"""Written agreements between organisations: drafted from a model, reviewed, signed, running, ended."""
