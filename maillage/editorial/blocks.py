"""What the body of a page is made of. Few blocks: each is drawn on the page, in the PDF and in the EPUB."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

FEATURES = ["bold", "italic", "link", "ol", "ul"]


class Quote(blocks.StructBlock):
    words = blocks.TextBlock(label=_("paroles"), max_length=1500)
    who = blocks.CharBlock(label=_("qui parle : une fonction plutôt qu’un nom"), max_length=120, required=False)

    class Meta:
        icon = "openquote"
        label = _("paroles")


class Picture(blocks.StructBlock):
    image = ImageBlock(label=_("photo"))
    credit = blocks.CharBlock(label=_("crédit"), max_length=120, required=False)
    caption = blocks.CharBlock(label=_("légende"), max_length=250, required=False)

    class Meta:
        icon = "image"
        label = _("photo")


class Body(blocks.StreamBlock):
    heading = blocks.CharBlock(label=_("intertitre"), max_length=120, icon="title")
    text = blocks.RichTextBlock(label=_("texte"), features=FEATURES)
    note = blocks.TextBlock(label=_("encadré"), max_length=1500, icon="info-circle")
    quote = Quote()
    picture = Picture()

    class Meta:
        required = False
