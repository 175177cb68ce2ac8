"""An invented town, told through the product's own actions."""
