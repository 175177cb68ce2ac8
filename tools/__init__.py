"""Programs of the developer and of continuous integration; no part of the product."""
