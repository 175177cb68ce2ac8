from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def map_tiles():
    """Address and credit of the tiles under interactive maps; both empty where there are none."""
    return {"url": settings.MAP_TILES_URL, "credit": settings.MAP_TILES_CREDIT}
