"""What every page looks like: skeleton, components, forms. Knows no model."""
