"""The national register of associations (RNA): a read-only snapshot, imported whole, searched by name."""
