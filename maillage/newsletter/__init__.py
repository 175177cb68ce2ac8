"""The newsletter of a territory."""
