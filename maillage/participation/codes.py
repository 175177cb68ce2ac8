"""The code that a resident is given: with it they find the answer, or take their words back."""

from django.utils.crypto import salted_hmac

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without what is read for something else: 0, O, 1, I."""
LENGTH = 10
"""32 letters, 10 places: 50 bits; guesses are limited by network (`code-guess`)."""
_SALT = "maillage.participation.code"


def code_of(key):
    """The code of the voice deposited under ``key`` (a UUID), as 'K7M4P-2QXRT': always the same, kept nowhere."""
    digest = int.from_bytes(salted_hmac(_SALT, str(key), algorithm="sha256").digest())
    letters = ""
    for _place in range(LENGTH):
        digest, rest = divmod(digest, len(ALPHABET))
        letters += ALPHABET[rest]
    return f"{letters[:5]}-{letters[5:]}"


def hash_of(code):
    """What the database keeps of ``code``, typed with or without its dash, in any case; "" where it cannot be one."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return ""
    return salted_hmac(f"{_SALT}.kept", letters, algorithm="sha256").hexdigest()
