"""The front page and the pages that the law and people expect."""
