"""Rows and files of the national register, in the official layouts; nothing in them is a real association."""

import csv
import io
import zipfile

WALDEC = (
    "id id_ex siret rup_mi gestion date_creat date_decla date_publi date_disso nature groupement titre titre_court"
    " objet objet_social1 objet_social2 adrs_complement adrs_numvoie adrs_repetition adrs_typevoie adrs_libvoie"
    " adrs_distrib adrs_codeinsee adrs_codepostal adrs_libcommune adrg_declarant adrg_complemid adrg_complemgeo"
    " adrg_libvoie adrg_distrib adrg_codepostal adrg_achemine adrg_pays dir_civilite siteweb publiweb observation"
    " position maj_time"
).split()
IMPORT = (
    "id id_ex siret gestion date_creat date_publi nature groupement titre objet objet_social1 objet_social2 adr1 adr2"
    " adr3 adrs_codepostal libcom adrs_codeinsee dir_civilite telephone siteweb email observation position rup_mi"
    " maj_time"
).split()
USUAL = {
    "gestion": "751P",
    "date_creat": "2015-12-29",
    "date_decla": "2018-03-02",
    "date_publi": "2016-01-09",
    "date_disso": "0001-01-01",
    "nature": "D",
    "groupement": "S",
    "objet": "cultiver ensemble",
    "objet_social1": "024000",
    "objet_social2": "000000",
    "adrs_numvoie": "122",
    "adrs_libvoie": "DE LA RUE SECRETE",
    "adrs_distrib": "Chez mme Secrete",
    "adrs_codeinsee": "75118",
    "adrs_codepostal": "75018",
    "adrs_libcommune": "Paris",
    "libcom": "PARIS",
    "adr1": "Chez mme Secrete",
    "adrg_declarant": "Madame Secrete",
    "adrg_libvoie": "RUE SECRETE",
    "dir_civilite": "MF",
    "telephone": "0100000000",
    "observation": "Reprise Secrete",
    "position": "A",
    "maj_time": "2018-03-05  12:46:10",
}


def rows_of(*titles, **every):
    """One row a title, numbered from W751000001."""
    return [{"id": f"W7510{n:05}", "titre": title, **every} for n, title in enumerate(titles, 1)]


def csv_of(rows, *, columns=WALDEC, delimiter=";", encoding="utf-8"):
    """The bytes of an official CSV; what a row does not say is USUAL."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([row.get(column, USUAL.get(column, "")) for column in columns])
    return text.getvalue().encode(encoding)


def zip_of(members):
    """The bytes of a zip that holds ``members``: name → bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()
