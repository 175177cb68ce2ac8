"""E-mail: the console by default, SMTP when EMAIL_HOST names a server."""

from config import env

EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Maillage <maillage@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

OUTBOX_EVERY_SECONDS = env.number("OUTBOX_EVERY_SECONDS", 2.0)
"""How often the worker looks for messages to send."""
