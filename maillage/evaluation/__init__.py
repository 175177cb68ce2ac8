"""Looking back: commitments year by year, how cooperations went, what changes next."""
