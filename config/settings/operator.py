"""Who runs this platform: what the legal pages must say."""

from config import env

OPERATOR_NAME = env.text("OPERATOR_NAME")
OPERATOR_ADDRESS = env.text("OPERATOR_ADDRESS")
OPERATOR_CONTACT = env.text("OPERATOR_CONTACT")
"""An e-mail address or a telephone number."""
OPERATOR_DIRECTOR = env.text("OPERATOR_DIRECTOR")
"""The person answerable for what is published."""
HOST_NAME = env.text("HOST_NAME")
"""The company or body whose machines hold the site."""
