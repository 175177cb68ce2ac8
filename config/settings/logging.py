"""Structured logs: one JSON object a line on standard error, or plain lines with LOG_FORMAT=plain."""

from config import env

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "plain": {"format": "%(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain" if env.text("LOG_FORMAT", "plain") == "plain" else "json",
        }
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING")},
    "loggers": {
        "maillage": {"level": "INFO"},
        "django": {"handlers": [], "propagate": True, "level": "WARNING"},
    },
}
