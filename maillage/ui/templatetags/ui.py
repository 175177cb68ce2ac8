"""The few tags that templates cannot do without. They are builtins: no page loads them."""

from django import template
from django.template import defaultfilters
from django.urls import reverse
from django.utils.html import format_html_join

from maillage.ui.days import with_first
from maillage.ui.stylesheet import stylesheet

register = template.Library()


@register.simple_tag
def stylesheet_url():
    """The address of the one stylesheet; it changes with its content."""
    return reverse("ui:stylesheet", args=[stylesheet()[0]])


@register.filter(expects_localtime=True, is_safe=False)
def date(value, form=None):
    """Django's, with « 1er » for the first of a month."""
    return defaultfilters.date(value, with_first(value, form))


@register.filter
def is_under(path, start):
    """True where the page at ``path`` lies under ``start``: what the menu marks as current."""
    return path == start or (start != "/" and path.startswith(start))


@register.filter
def tags(words):
    """Short words side by side, each in its frame."""
    return format_html_join("", '<span class="tag">{}</span> ', ((word,) for word in words))
