"""Binary Word files for tests, from paragraphs with their properties, byte by byte.

No program writes such plain files; they hold what a test is about and nothing else.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.documents.compound import compound

TEXT = 1024
FAST_SAVED, ENCRYPTED, TABLE_1, OBFUSCATED = 0x0004, 0x0100, 0x0200, 0x8000
CELL, LINE = "\x07", "\r"


def prl(name: int, *value: int, size: int = 1) -> bytes:
    """Return a property with numbers of some size as its value."""
    return struct.pack("<H", name) + b"".join(each.to_bytes(size, "little") for each in value)


IN_TABLE = prl(0x2416, 1)
ROW_END = IN_TABLE + prl(0x2417, 1)
DELETED, INSERTED = prl(0x0800, 1), prl(0x0801, 1)
HIDDEN = prl(0x083C, 1)
RAISED = prl(0x2A48, 1)


def deep(depth: int) -> bytes:
    return IN_TABLE + prl(0x6649, depth, size=4)


def row_definition(edges: Sequence[int], flags: Sequence[int] = ()) -> bytes:
    """Return the definition of a row by its edges in twips, with the flags of its cells."""
    count = len(edges) - 1
    flags = [*flags, *[0] * (count - len(flags))]
    value = struct.pack(f"<B{count + 1}h", count, *edges)
    value += b"".join(struct.pack("<H18x", each) for each in flags)
    return struct.pack("<HH", 0xD608, len(value) + 1) + value


@dataclass
class Par:
    """A paragraph: stretches of text with their properties, and its end with its own."""

    runs: Sequence[tuple[str, bytes]] | str = ""
    properties: bytes = b""
    end: str = LINE
    end_look: bytes = b""
    style: int = 0

    @property
    def stretches(self) -> list[tuple[str, bytes]]:
        runs = [(self.runs, b"")] if isinstance(self.runs, str) else list(self.runs)
        return [*runs, (self.end, self.end_look)]


@dataclass
class Parts:
    """What a file is made from besides its paragraphs.

    `pieces` are (first stored character, number, change); the text that is stored is
    that of the paragraphs in their order.  `sheet` is the sheet of styles.
    """

    pieces: Sequence[tuple[int, int, int]] = ()
    long_changes: Sequence[bytes] = ()
    flags: int = TABLE_1
    version: int = 0xC1
    mark: int = 0xA5EC
    data: bytes = b""
    sheet: bytes = b""
    compressed: bool = False
    stories: Sequence[int] = ()
    boxes: bytes = b""
    shapes: bytes = b""
    without_paragraphs: bool = False
    streams: dict[str, bytes] = field(default_factory=dict)


def cells(*texts: str, properties: bytes = IN_TABLE) -> list[Par]:
    return [Par(text, properties, CELL) for text in texts]


def row(*texts: str, edges: Sequence[int] = (), flags: Sequence[int] = (), more: bytes = b""):
    """Return the paragraphs of a row: its cells and its end."""
    definition = row_definition(edges or range(0, 1000 * len(texts) + 1, 1000), flags)
    return [*cells(*texts), Par("", ROW_END + definition + more, CELL)]


def style(name: str, kind: int, base: int, look: bytes = b"") -> bytes:
    """Return a style of the sheet: 1 is one of paragraphs, 2 one of characters."""
    head = struct.pack("<HHHHH", 0, kind | base << 4, 0, 0, 0)
    text = struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
    paragraph = struct.pack("<HH", 2, 0) if kind == 1 else b""
    look = struct.pack("<H", len(look)) + look + b"\0" * (len(look) % 2)
    stored = head + text + paragraph + look
    return struct.pack("<H", len(stored)) + stored


def sheet(*styles: bytes) -> bytes:
    head = struct.pack("<HH", len(styles), 10).ljust(18, b"\0")
    return struct.pack("<H", len(head)) + head + b"".join(styles)


def binary_word(paragraphs: Sequence[Par], parts: Parts | None = None) -> bytes:
    """Return a .doc with some paragraphs."""
    parts = parts or Parts()
    text = "".join(t for paragraph in paragraphs for t, _ in paragraph.stretches)
    width, code = (1, "cp1252") if parts.compressed else (2, "utf-16-le")
    encoded = text.encode(code)
    looks: list[tuple[int, bytes]] = []
    layouts: list[tuple[int, bytes]] = []
    place = TEXT
    for paragraph in paragraphs:
        for stretch, look in paragraph.stretches:
            place += len(stretch.encode(code))
            looks.append((place, bytes([len(look)]) + look if look else b""))
        stored = struct.pack("<H", paragraph.style) + paragraph.properties
        stored += b"\0" * (len(stored) % 2)
        layouts.append((place, bytes([0, len(stored) // 2]) + stored))
    layouts = [] if parts.without_paragraphs else layouts
    body = encoded + b"\0" * (-len(encoded) % 512)
    character_pages = _pages(looks, 1)
    paragraph_pages = _pages(layouts, 13)
    first = (TEXT + len(body)) // 512
    length = len(encoded) // width
    pieces = parts.pieces or [(0, length, 0)]
    stored = [
        parts.sheet,
        _page_list(character_pages, first),
        _page_list(paragraph_pages, first + len(character_pages)),
        _text_list(pieces, parts, width),
        parts.shapes,
        parts.boxes,
    ]
    table = b"".join(stored)
    numbers = (1, 12, 13, 33, 40, 56)
    places = [(0, 0)] * 93
    offset = 0
    for number, each in zip(numbers, stored, strict=True):
        places[number] = offset, len(each)
        offset += len(each)
    stories = parts.stories or [sum(count for _, count, _ in pieces)]
    head = _head(parts, places, stories)
    pages = [page for page, _, _ in character_pages + paragraph_pages]
    main = head.ljust(TEXT, b"\0") + body + b"".join(pages)
    name = "1Table" if parts.flags & TABLE_1 else "0Table"
    streams = {"WordDocument": main, name: table, "Data": parts.data, **parts.streams}
    return compound({name: content for name, content in streams.items() if content})


def _head(parts: Parts, places: Sequence[tuple[int, int]], stories: Sequence[int]) -> bytes:
    base = struct.pack("<HH6xH20x", parts.mark, parts.version, parts.flags)
    longs = [0, 0, 0, *stories, *[0] * (19 - len(stories))]
    flat = [number for place in places for number in place]
    return (
        base
        + struct.pack("<H28x", 14)
        + struct.pack("<H22i", 22, *longs)
        + struct.pack(f"<H{len(flat)}I", len(places), *flat)
    )


def _pages(runs: Sequence[tuple[int, bytes]], item: int) -> list[tuple[bytes, int, int]]:
    """Return pages of properties, each with the bytes of the text that it is about."""
    pages = []
    start = TEXT
    waiting = list(runs)
    while waiting:
        bounds, items = [start], b""
        page = bytearray(512)
        free = 511
        while waiting:
            end, stored = waiting[0]
            # Lists stand at even places, from the end of the page on.
            place = (free - len(stored)) // 2 * 2
            if 4 * (len(bounds) + 1) + item * len(bounds) > place:
                break
            waiting.pop(0)
            free = place if stored else free
            page[place : place + len(stored)] = stored
            bounds.append(end)
            items += bytes([place // 2 if stored else 0]) + bytes(item - 1)
        head = struct.pack(f"<{len(bounds)}I", *bounds) + items
        page[: len(head)] = head
        page[511] = len(bounds) - 1
        pages.append((bytes(page), start, bounds[-1]))
        start = bounds[-1]
    return pages


def _page_list(pages: Sequence[tuple[bytes, int, int]], first: int) -> bytes:
    if not pages:
        return b""
    bounds = [pages[0][1], *(end for _, _, end in pages)]
    numbers = range(first, first + len(pages))
    return struct.pack(f"<{len(bounds)}I{len(pages)}I", *bounds, *numbers)


def _text_list(pieces: Sequence[tuple[int, int, int]], parts: Parts, width: int) -> bytes:
    bounds, items = [0], b""
    for start, count, change in pieces:
        bounds.append(bounds[-1] + count)
        byte = TEXT + start * width
        byte = 0x4000_0000 | 2 * byte if parts.compressed else byte
        items += struct.pack("<HIH", 0, byte, change)
    stored = struct.pack(f"<{len(bounds)}I", *bounds) + items
    changes = b"".join(b"\1" + struct.pack("<H", len(each)) + each for each in parts.long_changes)
    return changes + b"\2" + struct.pack("<I", len(stored)) + stored
