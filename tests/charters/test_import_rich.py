"""Files as real offices write them: notes in the margin, frames, indexes, links. Kept, or named."""

import re

from maillage.charters import importing
from tests.factories import documents

RICH_ODT = """
<text:section text:name="S"><text:section-source xlink:href="file:///partage/annexe.odt" xlink:type="simple"/>
<text:p>Une section<text:s text:c="2"/>liée<text:tab/>ici<text:line-break/>et là.</text:p></text:section>
<text:table-of-content text:name="T"><text:index-body><text:p>Sommaire : Dialogue page 2</text:p></text:index-body>
</text:table-of-content>
<text:p>Un avis<office:annotation><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Amina</dc:creator>
<text:p>À revoir ensemble</text:p></office:annotation> annoté, et
<text:a xlink:type="simple" xlink:href="https://exemple.org/charte">un lien</text:a>.</text:p>
<text:p><draw:frame draw:name="F">
<draw:text-box><text:p>Encadré important</text:p></draw:text-box></draw:frame></text:p>
<text:p>Après le cadre<draw:frame draw:name="I"><draw:image xlink:href="Pictures/1.png"/><svg:desc>Le parc</svg:desc>
</draw:frame></text:p>
<text:list><text:list-item><text:p>premier</text:p><text:p>sa suite</text:p>
<text:list><text:list-item><text:p>dedans</text:p></text:list-item></text:list></text:list-item></text:list>
<table:table table:name="A"><table:table-header-rows><table:table-row><table:table-cell><text:list><text:list-item>
<text:p>cellule</text:p></text:list-item></text:list></table:table-cell></table:table-row></table:table-header-rows></table:table>
"""


def rich_odt():
    return documents.rewritten(
        documents.odt(extras=False),
        {
            "content.xml": lambda part: part.replace(b"</office:text>", RICH_ODT.encode() + b"</office:text>"),
            "Object 1/content.xml": b"<x/>",
        },
    )


def test_what_an_odt_holds_is_kept_or_named():
    imported = importing.read(rich_odt())
    text, warnings = imported.articles[-1].text, "\n".join(imported.warnings)
    for kept in (
        "Une section liée ici\net là.",
        "un lien (https://exemple.org/charte).",
        "Encadré important",
        "Après le cadre",
        "– premier\n  sa suite\n  – dedans",
        "cellule",
    ):
        assert kept in text
    for named in (
        "file:///partage/annexe.odt",
        "Table des matières laissée de côté : « Sommaire : Dialogue page 2 »",
        "À revoir ensemble",
        "Image ignorée, près de « Encadré important »",
        "Le parc",
        "Objet incorporé",
    ):
        assert named in warnings
    assert "Passage non repris" not in warnings


def test_the_header_of_an_odt_is_named():
    def styled(part):
        said = b"<style:header><text:p>Brouillon</text:p></style:header></style:master-page></office:master-styles>"
        page = b'<style:master-page style:name="Z" style:page-layout-name="Z">' + said
        return part.replace(b"</office:master-styles>", page)

    imported = importing.read(documents.rewritten(documents.odt(), {"styles.xml": styled}))
    assert any("pied de page" in warning and "Brouillon" in warning for warning in imported.warnings)


def test_a_table_of_contents_comments_and_inserted_documents_of_word_are_named():
    contents = (
        b'<w:body><w:p><w:pPr><w:pStyle w:val="TM1"/></w:pPr><w:r><w:t>Dialogue</w:t></w:r><w:r><w:tab/></w:r>'
        b"<w:r><w:t>2</w:t></w:r></w:p>"
    )
    style = b'<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style></w:styles>'
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    said = '<w:comment w:id="0" w:author="A"><w:p><w:r><w:t>À revoir</w:t></w:r></w:p></w:comment>'
    comment = f"<w:comments {space}>{said}</w:comments>"
    inserted = (
        b'<Relationship Id="rId97" Target="annexe.html" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/aFChunk"/></Relationships>'
    )
    imported = importing.read(
        documents.rewritten(
            documents.word(extras=False),
            {
                "word/document.xml": lambda part: part.replace(b"<w:body>", contents),
                "word/styles.xml": lambda part: part.replace(b"</w:styles>", style),
                "word/comments.xml": comment.encode(),
                "word/_rels/document.xml.rels": lambda part: part.replace(b"</Relationships>", inserted),
            },
        )
    )
    warnings = "\n".join(imported.warnings)
    assert "Table des matières laissée de côté : « Dialogue 2 »" in warnings
    assert "Commentaire laissé de côté : « À revoir »" in warnings
    assert "Document inséré, ignoré : annexe.html" in warnings
    assert imported.title == "La charte aux Tilleuls"
    assert "Dialogue" in [article.title for article in imported.articles]


def test_tables_inside_tables_and_lines_broken_inside_a_paragraph_are_kept():
    nested = (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>dehors</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>dedans</w:t></w:r>"
        "</w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>Une ligne</w:t><w:br/><w:t>et une autre</w:t></w:r></w:p>"
    )
    package = documents.rewritten(
        documents.word(extras=False),
        {"word/document.xml": lambda part: re.sub(rb"(?=<w:sectPr)", nested.encode(), part, count=1)},
    )
    imported = importing.read(package)
    text = imported.articles[-1].text
    assert "dehors" in text
    assert "dedans" in text
    assert "Une ligne\net une autre" in text
    assert not any("non repris" in warning for warning in imported.warnings)


def test_the_title_of_a_document_that_is_too_long_is_shortened_and_given_whole():
    title = "Charte de coopération " * 12
    imported = importing.read(documents.word(title=title.strip(), extras=False))
    assert len(imported.title) <= importing.LONGEST_TITLE
    assert any(title.strip() in warning for warning in imported.warnings)


def test_words_before_the_first_heading_are_a_preamble():
    imported = importing.read(b"Quelques mots.\n\n# Dialogue\n\nOui.\n\n# Partage\n\nOui.")
    assert (imported.articles[0].kind, imported.articles[0].title) == ("preamble", "Préambule")
