"""One page has one address here, whatever was stuck to it on the way."""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

TRACKS = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "xtor")


def canonical(address):
    """``address`` without fragment nor parameters that only track, its host in small letters; "" where it is no
    address of the web (http, https), or too long.
    """
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not host or "." not in host or len(address) > 700:
        return ""
    if any(character.isspace() or ord(character) < 32 for character in address.strip()):
        return ""
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(name)]
    query = parts.query if len(kept) == len(parse_qsl(parts.query, keep_blank_values=True)) else urlencode(kept)
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", query, ""))


def _tracks(name):
    return name.lower().startswith(TRACKS)


def host_of(address):
    return (urlsplit(address).hostname or "").removeprefix("www.")
