from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("territories/_map_button.html")
def map_button(territory):
    """The button that opens the interactive map of a territory that has an outline."""
    return {
        "territory": territory,
        "tiles_url": settings.MAP_TILES_URL,
        "tiles_credit": settings.MAP_TILES_CREDIT,
    }
