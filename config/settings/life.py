"""How long things last: signatures, and the silence after which they are said to be dormant."""

from config import env

NEED_UNTAKEN_AFTER_DAYS = env.number("NEED_UNTAKEN_AFTER_DAYS", 14)
"""Days without an answer after which what an association seeks is shown to the coordination."""
SIGNATURE_LASTS_MONTHS = env.number("SIGNATURE_LASTS_MONTHS", 12)
"""A signature is to be renewed after that many months: one click in an e-mail."""
DORMANT_AFTER_DAYS = env.number("DORMANT_AFTER_DAYS", 90)
"""Days without an answer after which a signature, or an adaptation whose review is due, is shown as dormant."""
PROFILE_REFRESH_DAYS = env.number("PROFILE_REFRESH_DAYS", 365)
"""Days after which the profile of an organisation is to be read again: one click in an e-mail."""
ALERT_ANSWERED_WITHIN_DAYS = env.number("ALERT_ANSWERED_WITHIN_DAYS", 7)
"""Days in which the person who is alerted answers: said to the association, and recalled once."""
SUPPORT_CHECKED_EVERY_DAYS = env.number("SUPPORT_CHECKED_EVERY_DAYS", 365)
"""Days after which an entry of the directory of support is shown as to be checked again."""
VOICES_KEPT_DAYS = env.number("VOICES_KEPT_DAYS", 1095)
"""Days after which what residents said is deleted; the needs made of it, and their answers, stay."""

DAILY = [
    "maillage.charters.actions.follow_reviews",
    "maillage.charters.actions.follow_renewals",
    "maillage.charters.actions.follow_borders",
    "maillage.organisations.actions.follow_mandates",
    "maillage.organisations.actions.follow_profiles",
    "maillage.groups.actions.follow_votes",
    "maillage.groups.actions.follow_consents",
    "maillage.groups.actions.remind_points",
    "maillage.groups.actions.validate_read_minutes",
    "maillage.resources.actions.follow_loans",
    "maillage.events.actions.read_calendars",
    "maillage.participation.actions.forget_old_voices",
    "maillage.alerts.actions.follow_alerts",
    "maillage.agreements.actions.follow_agreements",
    "maillage.digest.actions.send_first_steps",
    "maillage.digest.actions.send_letters",
    "maillage.privacy.actions.follow_inactive_accounts",
    "maillage.privacy.actions.purge_stale",
    "maillage.evaluation.actions.follow_campaigns",
    "maillage.editorial.actions.follow_cases",
    "maillage.newsletter.actions.forget_who_left",
    "maillage.search.actions.mend_index",
]
"""What each day brings: called once a day with the moment `at`, by `serve` or by `manage.py daily`."""
WHILE_SERVING = ["maillage.upkeep.daily.run_if_due"]
"""Called by the process that sends messages, every ten minutes."""
