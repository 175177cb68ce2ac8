"""The charter: what it says, where it is adapted, who stands by it, and the register that proves it."""
