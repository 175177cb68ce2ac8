"""Stakes, proposals, echoes, appeals and replies."""
