"""Questions put to residents, and what came of them."""
