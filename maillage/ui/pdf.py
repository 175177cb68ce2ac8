"""A Typst template and its data, compiled to PDF/UA-1."""

import io
import json
from functools import lru_cache
from importlib.resources import files

import segno
import typst
from django.http import HttpResponse


@lru_cache(maxsize=1)
def _fonts():
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        # The second for what the first cannot write: Arabic.
        font_paths=[str(files(package) / "files") for package in ("font_source_sans_pro", "fontpkg_amiri")],
    )


def compile_pdf(template, document):
    """The file ``template`` (a path), with ``document`` (JSON) read there as `sys.inputs.data`: PDF/UA-1 bytes.

    What people typed is data, never Typst markup.
    """
    return typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=_fonts(),
        pdf_standards="ua-1",
        sys_inputs={"data": json.dumps(document, ensure_ascii=False, default=str)},
    )


def qr_svg(address):
    """A QR code of ``address`` as SVG text."""
    stream = io.BytesIO()
    segno.make(address, error="m").save(stream, kind="svg", border=2, xmldecl=False, svgns=True)
    return stream.getvalue().decode()


def pdf_response(content, name):
    """Serve ``content`` (PDF bytes) under the file ``name``, shown by the browser."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
