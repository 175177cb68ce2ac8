"""Where the national register of associations comes from. Nothing here is called unless somebody imports it."""

from config import env

RNA_CATALOGUE_URL = env.text(
    "RNA_CATALOGUE_URL", "https://www.data.gouv.fr/api/1/datasets/repertoire-national-des-associations/"
)
