"""Make-believe adaptation documents, good ones and bad ones."""

from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from reportlab.pdfgen import canvas


def document(text: str = "Specialanpassad fotplatta", pages: int = 1) -> bytes:
    """A plain PDF file."""
    output = BytesIO()
    drawn = canvas.Canvas(output, invariant=True)
    for number in range(pages):
        drawn.drawString(72, 700, f"{text}, sida {number + 1}")
        drawn.showPage()
    drawn.save()
    return output.getvalue()


def changed(change, **saving: object) -> bytes:
    """A plain PDF file with something done to it."""
    output = BytesIO()
    with pikepdf.open(BytesIO(document())) as pdf:
        change(pdf)
        pdf.save(output, **saving)
    return output.getvalue()


def action(**entries: object) -> Dictionary:
    return Dictionary(Type=Name.Action, **entries)


def opens_with(does: Dictionary) -> bytes:
    """A file that does something when it is opened."""
    return changed(lambda pdf: pdf.Root.__setattr__("OpenAction", does))


def links_to(does: Dictionary, **more: object) -> bytes:
    """A file with a link that does something when it is clicked."""

    def add(pdf: Pdf) -> None:
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=does, **more
        )
        pdf.pages[0].Annots = Array([pdf.make_indirect(link)])

    return changed(add)


def with_annotation(kind: Name) -> bytes:
    """A file with an annotation of that kind."""

    def add(pdf: Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=kind, Rect=Array([0, 0, 9, 9]))
        pdf.pages[0].Annots = Array([note])

    return changed(add)


def with_attachment() -> bytes:
    """A file with another one in it."""

    def add(pdf: Pdf) -> None:
        pdf.attachments["räkning.exe"] = b"MZ"

    return changed(add)


def with_form(**entries: object) -> bytes:
    """A file with an interactive form."""
    return changed(
        lambda pdf: pdf.Root.__setattr__("AcroForm", Dictionary(Fields=Array([]), **entries))
    )


def script(text: str = "app.alert(1)") -> Dictionary:
    return action(S=Name.JavaScript, JS=String(text))


def without_pages() -> bytes:
    def remove(pdf: Pdf) -> None:
        del pdf.pages[0]

    return changed(remove)


def unfolding() -> bytes:
    """A small file with an object stream that unfolds to gigabytes."""
    import zlib

    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(3000)) + packer.flush()
    head = b"%PDF-1.5\n"
    stream = b"<</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length %d>>" % len(packed)
    first = b"1 0 obj" + stream + b"stream\n" + packed + b"\nendstream endobj\n"
    rows = [(0, 0, 0), (1, len(head), 0), (2, 1, 0), (1, len(head) + len(first), 0)]
    table = b"".join(
        bytes([kind]) + where.to_bytes(4) + bytes([last]) for kind, where, last in rows
    )
    index = b"<</Type/XRef/W[1 4 1]/Size 4/Root 2 0 R/Length %d>>" % len(table)
    second = b"3 0 obj" + index + b"stream\n" + table + b"\nendstream endobj\n"
    end = b"startxref\n%d\n%%%%EOF\n" % (len(head) + len(first))
    return head + first + second + end


def circling() -> bytes:
    """A file whose pages lead back to themselves."""

    def bend(pdf: Pdf) -> None:
        pdf.Root.Pages.Kids = Array([pdf.Root.Pages])

    return changed(bend)
