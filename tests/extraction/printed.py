"""Small PDF files from a few lines of marked text, written byte by byte, so that no reader's library makes them.

A line of the text is a line of the page: "# " a heading, "## " a lower one, "_…_" an italic one, "* " a bullet and
"- " a nested one, two spaces more for words that hang below a bullet, "---" a drawn rule, "foot: " small type at the
page's foot, "note: " small type where it stands, "left | right" two columns ("| right" the second alone), "word^2^" a
footnote's mark. A blank line is a space, "\\f" a new page.
"""

import re

FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold", "F3": "Helvetica", "F4": "Helvetica-Oblique"}
BULLETS = {0x61: 0xF06E, 0x62: 0xF0B7, 0x63: 0x0083, 0x64: 0x25FC, 0x65: 0x0336, 0x66: 0x2022}
CODES = {point: code for code, point in BULLETS.items()}
LEFT, HANG, LEADING, TOP, FOOT = 71.0, 18.0, 14.5, 770.0, 40.0
PAPER = "/MediaBox [0 0 595 842]"
COLUMN = 150.0  # points from the left edge of a table to its second column


def pdf(text, *, bullet=0x25FC):
    """The bytes of a PDF with the marked text; `bullet` is the code point of its bullets."""
    return assemble([content(page.strip("\n"), bullet) for page in text.split("\f")])


def content(text, bullet):
    """The drawing operators of one page."""
    drawn, height, foot = [], TOP, FOOT
    for line in text.split("\n"):
        if line.startswith("foot: "):
            drawn.append(run(LEFT, foot, 8, "F1", line[6:]))
            foot -= 12
            continue
        if line == "---":
            drawn.append(f"{LEFT - 6} {height + 10} m 520 {height + 10} l S\n".encode())
            continue
        if line.strip():
            drawn += printed(line, height, bullet)
        height -= 32 if line.startswith("title: ") else LEADING if line.strip() else 10
    return b"".join(drawn)


def printed(line, height, bullet):
    words = line.strip()
    left = LEFT + HANG * ((len(line) - len(line.lstrip())) // 2)
    if words.startswith(("* ", "- ")):
        code = bullet if words[0] == "*" else 0x0336
        mark = run(left, height, 12, "F3", bytes([CODES[code]]))
        return [mark, *marked(left + HANG, height, words[2:])]
    if "| " in words:
        one, other = words.split("| ")
        first = [run(left, height, 12, "F1", one.strip())] if one else []
        return [*first, run(left + COLUMN, height, 12, "F1", other)]
    for prefix, size, font in (("# ", 14, "F2"), ("## ", 12, "F2"), ("title: ", 26, "F1"), ("note: ", 8, "F1")):
        if words.startswith(prefix):
            return [run(left, height, size, font, words.removeprefix(prefix))]
    if words.startswith("_"):
        return [run(left, height, 12, "F4", words.strip("_"), slant=0.3)]
    return marked(left, height, words)


def marked(left, height, words):
    """A line with its footnote marks raised and small."""
    drawn = []
    for place, piece in enumerate(re.split(r"\^(\d+)\^", words)):
        if piece:
            raised = place % 2
            drawn.append(run(left, height + 5 * raised, 6 if raised else 12, "F1", piece))
            left += width(piece) * (0.5 if raised else 1)
    return drawn


def width(words):
    """About the printed width in points, at 12 points of Helvetica."""
    return sum(3.3 if letter in " .,;:iljtf’" else 6.67 for letter in words) * 0.99


def run(left, height, size, font, words, slant=0):
    written = words if isinstance(words, bytes) else words.encode("cp1252")
    for letter in (b"\\", b"(", b")"):
        written = written.replace(letter, b"\\" + letter)
    place = f"BT /{font} {size} Tf 1 0 {slant} 1 {left:.1f} {height:.1f} Tm (".encode()
    return place + written + b") Tj ET\n"


def assemble(contents, *, trailer=b"", paper=PAPER, shared="", record=b""):
    """A whole file: catalogue, pages, fonts, contents, table of places, trailer. `paper` says the size of each page,
    its cut and its turn; `shared` is said once for all of them; `record` is what the file records of itself."""
    cmap = unicode_map()
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", stream(cmap)]
    fonts = b""
    for name, base in FONTS.items():
        to_unicode = b" /ToUnicode 3 0 R" if name == "F3" else b" /Encoding /WinAnsiEncoding"
        objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /" + base.encode() + to_unicode + b" >>")
        fonts += f"/{name} {len(objects)} 0 R ".encode()
    kids = b""
    for drawn in contents:
        objects.append(stream(drawn))
        page = f"<< /Type /Page /Parent 2 0 R {paper} /Contents {len(objects)} 0 R ".encode()
        objects.append(page + b"/Resources << /Font << " + fonts + b">> >> >>")
        kids += f"{len(objects)} 0 R ".encode()
    objects[1] = b"<< /Type /Pages /Kids [" + kids + f"] /Count {len(contents)} {shared} >>".encode()
    if record:
        objects.append(b"<< " + record + b" >>")
        trailer += f" /Info {len(objects)} 0 R".encode()
    return write(objects, trailer)


def write(objects, trailer=b""):
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    table += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R ".encode() + trailer + b" >>\n"
    return out + table + end + f"startxref\n{len(out)}\n%%EOF\n".encode()


def stream(body):
    return f"<< /Length {len(body)} >>\nstream\n".encode() + body + b"\nendstream"


def unicode_map():
    rows = "".join(f"<{code:02X}> <{point:04X}>\n" for code, point in BULLETS.items())
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /B def /CMapType 2 def\n"
    space = "1 begincodespacerange <00> <FF> endcodespacerange\n"
    return f"{head}{space}{len(BULLETS)} beginbfchar\n{rows}endbfchar endcmap end end".encode()
