"""The platform's seal on signed PDFs: a key and its certificate, both PEM."""

from config import env

SEAL_KEY_FILE = env.text("SEAL_KEY_FILE")
SEAL_CERTIFICATE_FILE = env.text("SEAL_CERTIFICATE_FILE")
"""Both empty: a key is made once in the data folder, and its certificate says that it is one machine's own."""
SEAL_FOLDER = env.folder("MAILLAGE_VAR", "var") / "seal"
