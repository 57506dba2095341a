"""The parts of a package that hold comments: written by hand, so that no other part changes."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from core.word.content import Element
from core.word.names import attribute, is_strict, namespace_of, word_tags
from core.word.outline import Part, read_part
from core.word.relations import Parts, related_part, relation_type, relations_name
from core.writers.docx_revision import Names
from core.writers.docx_splice import appended, spliced
from core.writers.marking import Marking

_CONTENT_TYPES = "[Content_Types].xml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def next_comment_id(parts: Parts, main: str, root: Element) -> int:
    """Return a number above those of all comments and of all places that refer to one."""
    elements = list(root.iter(*word_tags("commentRangeStart", "commentReference")))
    name = related_part(parts, main, "comments")
    if name is not None and parts.has(name):
        elements += read_part(parts.read(name)).root.iter(*word_tags("comment"))
    said = (attribute(each, "id") or "" for each in elements)
    return max((int(each) for each in said if each.isdecimal() and len(each) < 10), default=-1) + 1


def comment_parts(
    parts: Parts, main: str, root: Element, comments: Mapping[int, str], marking: Marking
) -> Mapping[str, bytes]:
    """Return the parts to write for some comments by id: one part if there are comments already.

    `root` is that of the main part; each line of a comment becomes a paragraph.
    """
    name = related_part(parts, main, "comments")
    if name is not None and parts.has(name):
        part = read_part(parts.read(name), word_tags("comments"))
        names = Names.at(part, part.root)
        markup = "".join(_comment(names, each, comments[each], marking) for each in comments)
        return {name: spliced(part.data, [appended(part, part.root, markup)])}
    target = name or _free_name(parts, posixpath.dirname(main))
    names = Names("w:", "w:")
    markup = "".join(_comment(names, each, comments[each], marking) for each in comments)
    space = namespace_of(root)
    content = f'{_DECLARATION}<w:comments xmlns:w="{space}">{markup}</w:comments>'
    written = {target: content.encode(), _CONTENT_TYPES: _with_type(parts, target)}
    if name is None:
        relation = relation_type("comments", strict=is_strict(root))
        written[relations_name(main)] = _with_relation(parts, main, relation, target)
    return written


def _comment(names: Names, number: int, text: str, marking: Marking) -> str:
    element, before = names.element, names.attribute
    attributes = {
        "id": str(number),
        "author": marking.signature,
        "date": marking.timestamp,
        "initials": marking.signature[:1],
    }
    said = "".join(f" {before}{key}={quoteattr(value)}" for key, value in attributes.items())
    lines = (f"<{element}r>{names.text(line)}</{element}r>" for line in text.split("\n"))
    paragraphs = "".join(f"<{element}p>{line}</{element}p>" for line in lines)
    tag = f"{element}comment"
    return f"<{tag}{names.declaration}{said}>{paragraphs}</{tag}>"


def _free_name(parts: Parts, folder: str) -> str:
    name, number = posixpath.join(folder, "comments.xml"), 1
    while parts.has(name):
        number += 1
        name = posixpath.join(folder, f"comments{number}.xml")
    return name


def _with_type(parts: Parts, name: str) -> bytes:
    part = _with_root(parts.read(_CONTENT_TYPES))
    tag = _sibling(part.start_tag(part.extents[part.root]), "Override")
    markup = f"<{tag} PartName={quoteattr('/' + name)} ContentType={quoteattr(_COMMENTS_TYPE)}/>"
    return spliced(part.data, [appended(part, part.root, markup)])


def _with_relation(parts: Parts, main: str, kind: str, name: str) -> bytes:
    relations = relations_name(main)
    target = posixpath.relpath(f"/{name}", f"/{posixpath.dirname(main)}")
    attributes = f"Type={quoteattr(kind)} Target={quoteattr(target)}"
    if not parts.has(relations):
        markup = f'<Relationship Id="rId1" {attributes}/>'
        return (
            f'{_DECLARATION}<Relationships xmlns="{_RELATIONS}">{markup}</Relationships>'.encode()
        )
    part = _with_root(parts.read(relations))
    used = {each.get("Id") for each in part.root}
    number = next(number for number in range(1, len(used) + 2) if f"rId{number}" not in used)
    tag = _sibling(part.start_tag(part.extents[part.root]), "Relationship")
    markup = f'<{tag} Id="rId{number}" {attributes}/>'
    return spliced(part.data, [appended(part, part.root, markup)])


def _with_root(data: bytes) -> Part:
    """Return a part with the bytes of its root, whatever that is called."""
    return read_part(data, {read_part(data).root.tag})


def _sibling(start_tag: str, name: str) -> str:
    """Return the name of an element in the namespace of another one, from that one's tag."""
    written = start_tag[1:].split(">")[0].split()[0].rstrip("/")
    head, colon, _ = written.rpartition(":")
    return head + colon + name
