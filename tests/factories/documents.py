"""Real files for the import tests: Word by python-docx, OpenDocument by odfdo, and what ill will makes of them."""

import base64
import io
import zipfile

import docx
import odfdo

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PARTS = [
    # (level of the heading, 0 for a paragraph; words)
    (1, "Préambule"),
    (0, "Nous, associations des Tilleuls, choisissons de coopérer."),
    (1, "Nos valeurs"),
    (2, "Dialogue"),
    (0, "Nous nous parlons avant d’agir."),
    (0, "Une réunion tous les deux mois, ouverte."),
    (2, "2. La transparence <script>alert(1)</script>"),
    (0, "Nous disons ce que nous faisons & pourquoi."),
    (1, "Nos engagements"),
    (0, "Chaque association s’engage à son rythme."),
    (2, "Engagement 1 – Le goûter du jeudi"),
    (0, "Un goûter ouvert à toutes et tous."),
    (1, "Mise en œuvre et suivi"),
    (0, "Un point chaque année, en juin."),
]
ITEMS = ["un premier pas", "un deuxième pas", "un troisième pas"]
ROWS = [["Qui", "Quoi"], ["Entraide du Parc", "la salle"], ["Jardins partagés", "les légumes"]]


def word(parts=PARTS, *, title="La charte aux Tilleuls", extras=True, styles=True):
    """A .docx with headings, a list, a table, an image, a header; without ``styles``, headings are bold lines."""
    document = docx.Document()
    if title:
        document.add_heading(title, 0)
    for level, text in parts:
        if level and styles:
            document.add_heading(text, level)
        elif level:
            document.add_paragraph().add_run(text).bold = True
        else:
            document.add_paragraph(text)
    if extras:
        for item in ITEMS:
            document.add_paragraph(item, style="List Bullet")
        table = document.add_table(len(ROWS), 2)
        for row, cells in zip(table.rows, ROWS, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        document.add_picture(io.BytesIO(PIXEL))
        document.sections[0].header.paragraphs[0].text = "Brouillon du comité"
    return _saved(document)


def odt(parts=PARTS, *, title="La charte aux Tilleuls", extras=True):
    """An .odt with headings, a footnote, a list, a table."""
    document = odfdo.Document("text")
    document.body.clear()
    if title:
        document.body.append(odfdo.Paragraph(title, style="Title"))
    for level, text in parts:
        document.body.append(odfdo.Header(level, text) if level else odfdo.Paragraph(text))
    if extras:
        noted = odfdo.Paragraph("Une phrase annotée ici.")
        noted.insert_note(after="annotée", note_id="n1", citation="1", body="La note de bas de page")
        document.body.append(noted)
        document.body.append(odfdo.List(ITEMS))
        table = odfdo.Table("Qui fait quoi", width=2, height=len(ROWS))
        table.set_values(ROWS)
        document.body.append(table)
    return _saved(document)


def markdown(parts=PARTS, *, title="La charte aux Tilleuls"):
    lines = [f"# {title}"] + [f"{'#' * (level + 1)} {text}" if level else text for level, text in parts]
    table = ["| " + " | ".join(cells) + " |" for cells in ROWS]
    table.insert(1, "|---|---|")
    lines += [
        "\n".join(f"- {item}" for item in ITEMS),
        "\n".join(table),
        "Voir [le site](https://exemple.org/charte).",
    ]
    return "\n\n".join(lines).encode()


def _saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def rewritten(package, parts):
    """The zip ``package`` with these ``parts`` added or replaced; a function receives the part as it was."""
    old, new = zipfile.ZipFile(io.BytesIO(package)), io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in old.namelist():
            change = parts.get(name, lambda part: part)
            copy.writestr(name, change(old.read(name)) if callable(change) else change)
        for name in parts.keys() - set(old.namelist()):
            copy.writestr(name, parts[name])
    return new.getvalue()
