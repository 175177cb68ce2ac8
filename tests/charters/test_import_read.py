"""A text written elsewhere becomes articles, and nothing of it is lost."""

import io
import re
import zipfile
from collections import Counter

import docx
import odfdo
import pytest

from maillage.charters import importing
from tests.factories import documents

EVERYTHING = (
    [text for _level, text in documents.PARTS] + documents.ITEMS + [cell for row in documents.ROWS for cell in row]
)


def everything_said(imported):
    """All that the preview shows of a file: articles, title, warnings."""
    said = [imported.title, *imported.warnings]
    for article in imported.articles:
        said += [article.title, article.text]
    return "\n".join(said)


def count(text):
    return Counter(re.findall(r"\w+", text.casefold()))


@pytest.mark.parametrize("make", [documents.word, documents.odt, documents.markdown])
def test_every_word_of_the_file_is_in_an_article_or_in_a_warning(make):
    imported = importing.read(make())
    assert count("\n".join(EVERYTHING)) - count(everything_said(imported)) == Counter()


@pytest.mark.parametrize("make", [documents.word, documents.odt, documents.markdown])
def test_headings_become_articles_whose_kind_is_guessed(make):
    imported = importing.read(make())
    assert imported.title == "La charte aux Tilleuls"
    assert [(article.kind, article.title) for article in imported.articles] == [
        ("preamble", "Préambule"),
        ("value", "Dialogue"),
        ("value", "2. La transparence <script>alert(1)</script>"),
        ("commitment", "Nos engagements"),
        ("commitment", "Engagement 1 – Le goûter du jeudi"),
        ("implementation", "Mise en œuvre et suivi"),
    ]
    assert imported.articles[1].text == "Nous nous parlons avant d’agir.\n\nUne réunion tous les deux mois, ouverte."
    assert any("Nos valeurs" in warning for warning in imported.warnings), "a heading without words of its own"


@pytest.mark.parametrize("make", [documents.word, documents.odt, documents.markdown])
def test_lists_and_tables_become_lines(make):
    text = importing.read(make()).articles[-1].text
    assert "– un premier pas\n– un deuxième pas\n– un troisième pas" in text
    assert "Qui | Quoi\nEntraide du Parc | la salle" in text
    assert any("Tableau" in warning for warning in importing.read(make()).warnings)


def test_what_word_holds_beside_the_text_is_named():
    warnings = "\n".join(importing.read(documents.word()).warnings)
    assert "Image ignorée" in warnings
    assert "pied de page laissé de côté : « Brouillon du comité »" in warnings


def test_footnotes_stay_with_their_article():
    text = importing.read(documents.odt()).articles[-1].text
    assert "annotée[1]" in text
    assert text.endswith("[1] La note de bas de page")


def test_footnotes_of_word_stay_with_their_article():
    text = importing.read(word_with_a_footnote()).articles[0].text
    assert text == "Une phrase[1]\n\n[1] La note de bas de page"


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
NOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def related(kind, target, mode="Internal"):
    """A change of a part of relations: one more."""
    added = (
        f'<Relationship Id="rId99" Type="{RELATION}{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )
    return lambda part: part.replace(b"</Relationships>", added.encode())


def word_with_a_footnote():
    said = "<w:p><w:r><w:t>La note de bas de page</w:t></w:r></w:p>"
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{said}</w:footnote></w:footnotes>'
    declared = f'<Override PartName="/word/footnotes.xml" ContentType="{NOTES}"/></Types>'
    end = b"Une phrase</w:t></w:r>"
    return documents.rewritten(
        documents.word([(1, "Dialogue"), (0, "Une phrase")], title="", extras=False),
        {
            "word/footnotes.xml": notes.encode(),
            "word/_rels/document.xml.rels": related("footnotes", "footnotes.xml"),
            "[Content_Types].xml": lambda part: part.replace(b"</Types>", declared.encode()),
            "word/document.xml": lambda part: part.replace(end, end + b'<w:r><w:footnoteReference w:id="2"/></w:r>'),
        },
    )


def test_words_that_the_library_does_not_know_are_named():
    """A text box without its old-fashioned twin is skipped by mammoth: the comparison with the raw words finds it."""
    box = (
        b'<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        b'<mc:Choice Requires="wps"><w:drawing><w:p><w:r><w:t>Encadr\xc3\xa9 important</w:t></w:r></w:p></w:drawing>'
        b"</mc:Choice></mc:AlternateContent></w:r>"
    )
    package = documents.rewritten(
        documents.word(extras=False),
        {"word/document.xml": lambda part: part.replace(b"</w:t></w:r></w:p>", b"</w:t></w:r>" + box + b"</w:p>", 3)},
    )
    imported = importing.read(package)
    assert "Encadré important" in everything_said(imported)


def test_tracked_changes_keep_what_was_added_and_name_what_was_removed():
    change = (
        b'd\xe2\x80\x99agir.</w:t></w:r><w:ins w:id="1" w:author="A"><w:r><w:t> Toujours.</w:t></w:r></w:ins>'
        b'<w:del w:id="2" w:author="A"><w:r><w:delText>Jamais le lundi.</w:delText></w:r></w:del>'
    )
    package = documents.rewritten(
        documents.word(extras=False),
        {"word/document.xml": lambda part: part.replace("d’agir.</w:t></w:r>".encode(), change)},
    )
    imported = importing.read(package)
    assert "d’agir. Toujours." in imported.articles[1].text
    assert any("suivi des modifications" in w and "Jamais le lundi." in w for w in imported.warnings)


def test_a_word_file_without_heading_styles_is_cut_at_its_bold_lines():
    imported = importing.read(documents.word(title="", extras=False, styles=False))
    assert "Dialogue" in [article.title for article in imported.articles]
    assert any("pas de titres de style" in warning for warning in imported.warnings)


def test_an_odt_without_headings_is_cut_at_its_bold_lines_and_its_title_is_known():
    """As LibreOffice writes it: the styles of the lines are made as one types, with a parent or a weight."""
    parts = [(0, "Dialogue"), (0, "Nous nous parlons."), (0, "Partage"), (0, "Nous partageons les salles.")]
    styles = (
        '<style:style style:name="P91" style:family="paragraph" style:parent-style-name="Title"/>'
        '<style:style style:name="P92" style:family="paragraph"><style:text-properties fo:font-weight="bold"/>'
        "</style:style></office:automatic-styles>"
    )

    def typed(part):
        part = re.sub(rb"<office:automatic-styles ?/>", b"<office:automatic-styles></office:automatic-styles>", part)
        part = part.replace(b"</office:automatic-styles>", styles.encode())
        part = re.sub(rb"<text:p[^>]*>(?=La charte)", b'<text:p text:style-name="P91">', part)
        return re.sub(rb"<text:p[^>]*>(?=Dialogue|Partage)", b'<text:p text:style-name="P92">', part)

    imported = importing.read(documents.rewritten(documents.odt(parts, extras=False), {"content.xml": typed}))
    assert imported.title == "La charte aux Tilleuls"
    assert [(a.title, a.text) for a in imported.articles] == [
        ("Dialogue", "Nous nous parlons."),
        ("Partage", "Nous partageons les salles."),
    ]


def test_plain_text_is_cut_at_the_lines_that_look_like_headings_and_keeps_its_signs():
    text = "PRÉAMBULE\n\nNous *tous*, ici.\n\nArticle 1 - Le dialogue\n\nOn se parle,\nsouvent."
    imported = importing.read(text.encode())
    assert [(a.title, a.text) for a in imported.articles] == [
        ("PRÉAMBULE", "Nous *tous*, ici."),
        ("Article 1 - Le dialogue", "On se parle,\nsouvent."),
    ]


def test_a_text_without_any_heading_is_one_article():
    imported = importing.read("Nous coopérons.\n\nC’est tout.".encode())
    assert [a.text for a in imported.articles] == ["Nous coopérons.\n\nC’est tout."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_accents_are_read_whatever_the_encoding(encoding):
    assert "coopérer, ça se décide" in importing.read("coopérer, ça se décide".encode(encoding)).articles[0].text


def test_a_heading_too_long_for_a_title_is_kept_whole_in_the_text():
    long = "Nous décidons ensemble " * 15
    article = importing.read(f"# Charte\n\n## {long}\n\nVoilà.".encode()).articles[0]
    assert len(article.title) <= importing.LONGEST_TITLE
    assert article.text.startswith(long.strip())


def test_a_link_keeps_its_address():
    assert "le site (https://exemple.org/charte)" in importing.read(documents.markdown()).articles[-1].text


def test_a_markdown_reference_that_nothing_shows_is_named():
    imported = importing.read("# Charte\n\n## Dialogue\n\nOui.\n\n[caché]: https://exemple.org/x".encode())
    assert any("caché" in warning for warning in imported.warnings)


def test_html_inside_markdown_is_text():
    article = importing.read(b"# Charte\n\n## <b>Oui</b>\n\n<img src=x onerror=alert(1)>").articles[0]
    assert (article.title, article.text) == ("<b>Oui</b>", "<img src=x onerror=alert(1)>")


def test_an_outside_template_is_named_and_never_opened():
    package = documents.rewritten(
        documents.word(),
        {
            "word/_rels/document.xml.rels": related("attachedTemplate", "http://127.0.0.1:9/modele.dotm", "External"),
            "word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0",
        },
    )
    warnings = "\n".join(importing.read(package).warnings)
    assert "http://127.0.0.1:9/modele.dotm" in warnings
    assert "Objet incorporé ignoré" in warnings


def test_deleted_and_commented_words_of_an_odt_are_named():
    added = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Mots supprimés</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    ).encode()
    package = documents.rewritten(
        documents.odt(),
        {"content.xml": lambda part: re.sub(rb"(<office:text[^>]*>)", lambda m: m[1] + added, part, count=1)},
    )
    imported = importing.read(package)
    assert any("Mots supprimés" in warning for warning in imported.warnings)
    assert "Mots supprimés" not in "".join(article.text for article in imported.articles)


def test_the_files_of_these_tests_are_real():
    assert docx.Document(io.BytesIO(documents.word())).paragraphs
    assert odfdo.Document(io.BytesIO(documents.odt())).body
    assert zipfile.is_zipfile(io.BytesIO(documents.odt()))
