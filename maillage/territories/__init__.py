"""Priority neighbourhoods with their vintage, communes and what holds them; read-only, imported."""
