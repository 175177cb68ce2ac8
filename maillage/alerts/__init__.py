"""An association in difficulty tells the coordination it chooses."""
