"""What the import and the search of the register refuse, in words that can be shown to a person."""


class RegisterRefused(Exception):
    """A file of the register that cannot be trusted as it is. Nothing of it was kept."""


class RowRejected(Exception):
    """One row that cannot be kept. The message ends the sentence 'file, line n: …'."""


class NoRegister(Exception):
    """Nothing was imported here yet."""


class SireneUnavailable(Exception):
    """The public search of Sirene is off, silent, saturated or not understood."""
