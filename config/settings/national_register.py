"""Where the national register of associations comes from, and its complement. Nothing here is called by itself."""

from config import env

RNA_CATALOGUE_URL = env.text(
    "RNA_CATALOGUE_URL", "https://www.data.gouv.fr/api/1/datasets/repertoire-national-des-associations/"
)
SIRENE_SEARCH_URL = env.text("SIRENE_SEARCH_URL")
"""Empty: Sirene is not asked. `https://recherche-entreprises.api.gouv.fr` is the State's."""
SIRENE_TIMEOUT_SECONDS = env.number("SIRENE_TIMEOUT_SECONDS", 5.0)
