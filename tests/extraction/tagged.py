"""Small PDF files with tags, in the marked text of tests.extraction.printed; one page each.

Every line is an element of its own, and what hangs below a bullet belongs to the bullet's. "+ " is a hanging line
that the tags take for another item, "= " a bullet that they take for a part of the one above.
"""

from tests.extraction.printed import FONTS, LEADING, TOP, printed, stream, unicode_map, write

BULLET = 0x25FC


def tagged_pdf(text):
    """The bytes of a PDF of one page whose tags name list items, headings and paragraphs."""
    drawn, elements = b"", []
    for place, line in enumerate(text.strip("\n").split("\n")):
        kind = kind_of(line)
        if kind:
            elements.append((kind, []))
        elements[-1][1].append(place)
        plain = line.replace("+ ", "  ", 1) if line.startswith("+ ") else line.replace("= ", "* ", 1)
        body = b"".join(printed(plain, TOP - LEADING * place, BULLET))
        drawn += f"/{kind or 'LI'} <</MCID {place}>> BDC\n".encode() + body + b"EMC\n"
    return assembled(drawn, elements)


def kind_of(line):
    """The element a line begins, or "" where it goes on with the one above."""
    if line.startswith(("* ", "+ ")):
        return "LI"
    if line.startswith(("  ", "= ")):
        return ""
    return "H2" if line.startswith("#") else "P"


def assembled(drawn, elements):
    names = "".join(f"/{name} {number} 0 R " for number, name in enumerate(FONTS, 4))
    page, content, root, first = 8, 9, 10, 11
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot {root} 0 R >>".encode(),
        f"<< /Type /Pages /Kids [{page} 0 R] /Count 1 >>".encode(),
        stream(unicode_map()),
    ]
    for name, base in FONTS.items():
        rest = "/ToUnicode 3 0 R" if name == "F3" else "/Encoding /WinAnsiEncoding"
        objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} {rest} >>".encode())
    place = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R /StructParents 0 "
    objects += [f"{place}/Resources << /Font << {names}>> >> >>".encode(), stream(drawn)]
    kids = " ".join(f"{first + number} 0 R" for number in range(len(elements)))
    owners = " ".join(f"{first + number} 0 R" for number, (_, places) in enumerate(elements) for _ in places)
    objects.append(f"<< /Type /StructTreeRoot /K [{kids}] /ParentTree << /Nums [0 [{owners}]] >> >>".encode())
    for kind, places in elements:
        ids = " ".join(map(str, places))
        objects.append(f"<< /Type /StructElem /S /{kind} /P {root} 0 R /Pg {page} 0 R /K [{ids}] >>".encode())
    return write(objects)
