"""PDFs written by hand: whole ones, and such as mean harm."""

import zlib

A4 = b"[0 0 595 842]"


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A file of these objects, numbered from one; the first is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
    return out + head + table + end % (size, trailer, len(out))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


def pages(count: int = 1, box: bytes = A4, catalogue: bytes = b"", trailer: bytes = b"") -> bytes:
    """*count* pages; each has its number in words, and so many bars as its number is."""
    kids = b" ".join(b"%d 0 R" % (3 + 2 * n) for n in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
    ]
    font = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    for no in range(1, count + 1):
        entries = (box, font, 2 + 2 * no)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox%s/Resources%s/Contents %d 0 R>>" % entries
        )
        words = b"BT /F 24 Tf 60 760 Td (Certificate, page %d) Tj ET\n" % no
        small = b"BT /F 5 Tf 60 60 Td (KC R-R-ABC-SPEAKER, fine print %d) Tj ET\n" % no
        bars = b"".join(b"60 %d 300 20 re f\n" % (700 - 40 * n) for n in range(min(no, 14)))
        objects.append(stream(words + small + bars))
    return pdf(*objects, trailer=trailer)


def filled(content: bytes, resources: bytes = b"<<>>", *more: bytes) -> bytes:
    """One page of that content stream (an object); *more* are objects 5 and up."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Resources%s/Contents 4 0 R>>" % (A4, resources)
    tree = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, page, content, *more)


def locked() -> bytes:
    """Asks for a password that nobody knows."""
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]"
    return pages(trailer=lock % (b"41" * 32, b"42" * 32))


def without_pages() -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>")


def claiming(count: int) -> bytes:
    """Says that it has so many pages, and has none."""
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[]>>" % count)


def in_a_ring() -> bytes:
    """Its pages are in themselves."""
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 3/Kids[2 0 R]>>")


def unpacking_to(size: int) -> bytes:
    """A few kilobytes that are *size* bytes of a drawing."""
    return filled(_packed(size))


def _packed(size: int) -> bytes:
    """So many bytes of a drawing, packed twice."""
    packer, line = zlib.compressobj(9), b"0 0 10 10 re f\n" * 70_000
    once = b"".join(packer.compress(line) for _ in range(size // len(line))) + packer.flush()
    return stream(zlib.compress(once, 9), b"/Filter[/FlateDecode/FlateDecode]")


def drawing_itself() -> bytes:
    """A form that draws ten others, each of which draws ten: more than anybody has time for."""
    return filled(stream(b"/F Do"), b"<</XObject<</F 5 0 R>>>>", *_forms(first=5))


def bad_first() -> bytes:
    """Two pages, of which the first asks for more room than anybody has."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents %d 0 R>>"
    tree = b"<</Type/Pages/Count 2/Kids[3 0 R 5 0 R]>>"
    bad, good = _packed(900_000_000), stream(b"60 700 300 20 re f")
    catalogue = b"<</Type/Catalog/Pages 2 0 R>>"
    return pdf(catalogue, tree, page % (A4, 4), bad, page % (A4, 6), good)


def _forms(first: int, depth: int = 12, times: int = 10) -> list[bytes]:
    """Forms, numbered from *first*, each of which draws the next so many times."""
    forms = []
    for n in range(depth):
        last = n == depth - 1
        body = b"0 0 10 10 re f" if last else b"/F Do " * times
        inner = b"<<>>" if last else b"<</XObject<</F %d 0 R>>>>" % (first + n + 1)
        entries = b"/Type/XObject/Subtype/Form/BBox%s/Resources%s" % (A4, inner)
        forms.append(stream(body, entries))
    return forms


def acting() -> bytes:
    """Would run a script when it is opened, and carries a file."""
    script = b"/OpenAction<</S/JavaScript/JS(while\\(1\\){})>>"
    files = b"/Names<</EmbeddedFiles<</Names[(x)<</Type/Filespec/F(SECRET.exe)>>]>>>>"
    return pages(catalogue=script + files)
