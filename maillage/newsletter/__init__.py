"""The newsletter of a territory: what is public there, by e-mail, to whoever asked for it twice."""
