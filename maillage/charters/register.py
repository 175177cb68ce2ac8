"""The register of signatures as a chain that anyone can check, from its file alone.

One entry is one JSON object on one line. Its `hash` is the SHA-256 of the object without `hash`, written in
canonical form: keys sorted, no spaces, UTF-8. `previous` is the hash of the entry before, and 64 zeros for the
first. Nothing here reads the database or knows Django's settings.
"""

import dataclasses
import hashlib
import json

from django.utils.translation import gettext as _

START = "0" * 64
FIELDS = {
    "channel",
    "event",
    "hash",
    "mandate",
    "organisation",
    "previous",
    "recorded_at",
    "sequence",
    "signatory",
    "signature",
    "text",
}
SOMETIMES = {"sheet"}
"""Fields that only some entries have: the SHA-256 of the sheet signed on paper."""


def canonical(entry):
    """``entry`` (a dict without its hash) as the text that is hashed."""
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def hash_of(body):
    return hashlib.sha256(body.encode()).hexdigest()


def line_of(body, digest):
    """The NDJSON line of an entry, its hash included; canonical as well."""
    return canonical({**json.loads(body), "hash": digest})


def conceal(salt, *values):
    """The salted hash that stands for ``values`` in the register: with the salt gone it says nothing."""
    return hashlib.sha256("\x1f".join((salt, *values)).encode()).hexdigest()


@dataclasses.dataclass(frozen=True)
class Fault:
    """One thing that is wrong, at one line (from 1; 0 for the whole file), in words for a person."""

    line: int
    reason: str

    def __str__(self):
        return _("ligne %(line)s : %(reason)s") % {"line": self.line, "reason": self.reason}


@dataclasses.dataclass(frozen=True)
class Report:
    """What a reading of the register found: how many entries, the last hash, the faults."""

    entries: int
    head: str
    faults: tuple

    @property
    def is_whole(self):
        return not self.faults


def verify(lines, *, head=None):
    """Check a register, given as its NDJSON lines (strings), oldest first; returns a `Report`.

    ``head`` is a hash known from elsewhere, such as the one printed on a signed PDF: it must be in the chain.
    Without it, a register rewritten whole, or cut at its end, cannot be told from a genuine one.
    """
    faults, known, previous, expected, count = [], {START}, START, 1, 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            faults.append(Fault(number, _("une ligne vide : le fichier a été modifié")))
            continue
        count += 1
        entry, problem = _read(line)
        if problem:
            faults.append(Fault(number, problem))
            # The chain is followed from what the next entry claims: one fault is one message.
            previous, expected = None, expected + 1
            continue
        faults += (Fault(number, reason) for reason in _chain_faults(entry, previous, expected, known))
        previous, expected = entry["hash"], entry["sequence"] + 1
        known.add(previous)
    if head and head not in known:
        faults.append(
            Fault(
                0,
                _("l’empreinte attendue %(head)s… n’est pas dans ce registre : il a été réécrit ou coupé")
                % {"head": head[:12]},
            )
        )
    return Report(entries=count, head=previous or "", faults=tuple(faults))


def _read(line):
    """(the entry, None), or (None, what is wrong with it)."""
    try:
        entry = json.loads(line)
    except ValueError:
        return None, _("cette ligne n’est pas du JSON : elle a été abîmée")
    if not isinstance(entry, dict) or set(entry) - SOMETIMES != FIELDS or not isinstance(entry.get("sequence"), int):
        return None, _("cette ligne n’a pas les champs d’une entrée du registre")
    body = canonical({name: value for name, value in entry.items() if name != "hash"})
    if hash_of(body) != entry["hash"]:
        return None, _(
            "l’entrée %(sequence)s a été modifiée : son empreinte ne correspond plus à son contenu"
        ) % entry
    if line.strip("\n") != line_of(body, entry["hash"]):
        return None, _("l’entrée %(sequence)s n’est pas écrite sous sa forme canonique") % entry
    return entry, None


def _chain_faults(entry, previous, expected, known):
    sequence = entry["sequence"]
    if sequence > expected:
        missing = f"{expected}" if sequence == expected + 1 else f"{expected}-{sequence - 1}"
        yield _("il manque l’entrée %(missing)s avant l’entrée %(sequence)s") % {
            "missing": missing,
            "sequence": sequence,
        }
    elif sequence < expected:
        yield _("l’entrée %(sequence)s n’est pas à sa place") % {"sequence": sequence}
    elif previous is not None and entry["previous"] != previous:
        yield _("l’entrée %(sequence)s ne suit pas celle qui la précède : l’une des deux a été forgée") % {
            "sequence": sequence
        }
