"""How often: every limit of the product is declared here, and nowhere else (docs/features/access.md).

A rate is `most/length/per`: `30/m/network,200/h/network`. Lengths: s, m, h, d, with a number before (`10m`).
Per: `network` (an IPv4 address, an IPv6 /64), `person` (who is signed in), `address` (the e-mail address typed),
`recipient` (whom the page is about: the organisation that is written to).
A social centre signs twenty associations in one afternoon from one address: networks are given room.
"""

from config import env

from . import limited_routes

TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
"""How many proxies of ours stand before the site: the reader's address is read that far from the end of
`X-Forwarded-For`, never elsewhere. 0: the address that connects."""

LIMITS = {
    # name: rates, what counts ("POST", "GET", "search": a GET that looks for something, or "file": one that
    # takes a whole resource away), addresses
    "sign-in-code": {
        "rates": env.text("LIMIT_SIGN_IN_CODES", "30/m/network,300/h/network,5/10m/address,15/h/address"),
        "counts": "POST",
        "routes": ["account_login", "account_request_login_code", "account_signup"],
    },
    "code-guess": {
        "rates": env.text("LIMIT_CODE_GUESSES", "40/m/network,400/h/network"),
        "counts": "POST",
        "routes": [
            "account_confirm_login_code",
            "account_email_verification_sent",
            "mfa_authenticate",
            "mfa_reauthenticate",
            "charters:help-sign",
            "participation:follow",
            "participation:take-back",
        ],
    },
    "sign": {
        "rates": env.text("LIMIT_SIGNINGS", "15/m/network,150/h/network,25/h/address"),
        "counts": "POST",
        "routes": ["charters:sign-particulars", "charters:adaptation-sign-particulars", "charters:gathering"],
    },
    "organisation": {
        "rates": env.text("LIMIT_NEW_ORGANISATIONS", "15/m/network,100/h/network"),
        "counts": "POST",
        "routes": [
            "charters:sign-new-organisation",
            "charters:adaptation-sign-new-organisation",
            "organisations:create",
        ],
    },
    "send-again": {
        "rates": env.text("LIMIT_RESENDS", "6/m/network,60/h/network"),
        "counts": "POST",
        "routes": ["charters:signature-send-again"],
    },
    "search": {
        "rates": env.text("LIMIT_SEARCHES", "240/m/network,6000/h/network"),
        "counts": "search",
        "routes": [
            "charters:sign",
            "charters:adaptation-sign",
            "charters:signatories",
            "directory:neighbourhood-list",
            "directory:organisation-list",
            "directory:organisation-list-map",
            "search:search",
            "organisations:find",
        ],
    },
    "verification": {
        "rates": env.text("LIMIT_VERIFICATIONS", "20/m/network,200/h/network"),
        "counts": "POST",
        "routes": ["charters:verify"],
    },
    "message": {
        "rates": env.text("LIMIT_MESSAGES", "10/m/person,60/h/person,60/m/network"),
        "counts": "POST",
        "routes": limited_routes.MESSAGES,
    },
    "newsletter": {
        "rates": env.text("LIMIT_NEWSLETTER", "10/m/network,60/h/network,3/h/address,6/d/address"),
        "counts": "POST",
        "routes": ["newsletter:ask"],
    },
    "voice": {
        "rates": env.text("LIMIT_VOICES", "20/m/network,200/h/network"),
        "counts": "POST",
        "routes": ["participation:speak"],
    },
    "relay": {
        "rates": env.text(
            "LIMIT_RELAYED_MESSAGES",
            "5/m/network,40/h/network,15/h/person,8/h/address,20/d/address,10/h/recipient,30/d/recipient",
        ),
        "counts": "POST",
        "routes": ["directory:write"],
    },
    "invitation": {
        "rates": env.text(
            "LIMIT_INVITATIONS", "5/m/person,20/h/person,40/d/person,60/m/network,5/h/address,10/d/address"
        ),
        "counts": "POST",
        "routes": ["dashboard:hand-over", "organisations:hand-over", "organisations:members"],
    },
    "export": {
        "rates": env.text("LIMIT_EXPORTS", "20/m/network,300/h/network"),
        "counts": "GET",
        "routes": limited_routes.EXPORTS,
    },
    "api": {
        "rates": env.text("LIMIT_API", "300/m/network,6000/h/network"),
        "counts": "GET",
        "routes": [
            "api:adaptations",
            "api:articles",
            "api:index",
            "api:location",
            "api:organisations",
            "api:register",
            "api:signatures",
            "api:territories",
            "api:versions",
        ],
    },
    "api-file": {
        "rates": env.text("LIMIT_API_FILES", "10/m/network,100/h/network"),
        "counts": "file",
        "routes": [
            "api:adaptations",
            "api:articles",
            "api:organisations",
            "api:register",
            "api:signatures",
            "api:territories",
            "api:versions",
        ],
    },
    "api-address": {
        "rates": env.text("LIMIT_API_ADDRESSES", "20/m/network,300/h/network"),
        "counts": "search",
        "routes": ["api:location"],
    },
    "sign-in-elsewhere": {
        "rates": env.text("LIMIT_OIDC", "30/m/network,300/h/network"),
        "counts": "GET",
        "routes": ["openid_connect_login", "openid_connect_callback"],
    },
}
SEARCH_FIELDS = ["q", "territory", "departement", "near", "adresse"]
"""A list whose address has one of these, not empty, is a search."""

SECONDS_ON_A_FORM = env.number("SECONDS_ON_A_FORM", 2)
"""Nobody fills a public form in faster; 0: not looked at."""
FORMS_WITH_A_TRAP = [
    "account_signup",
    "charters:sign-particulars",
    "charters:adaptation-sign-particulars",
    "charters:sign-new-organisation",
    "charters:adaptation-sign-new-organisation",
    "directory:write",
    "newsletter:ask",
]
"""Forms that robots like: a field that no person meets, and the time it took (`maillage.ui.robots`)."""

# What allauth counts by itself, besides: guesses for one account. Its other limits are the ones above.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "signup": "60/m/ip",
    "request_login_code": "60/m/ip,5/10m/key",
    "login_failed": "60/m/ip,10/10m/key",
}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
