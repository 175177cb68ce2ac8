"""Open data: what everybody may read, for programs; read-only, and the same whoever asks."""
