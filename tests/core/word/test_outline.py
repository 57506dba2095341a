"""Elements and their bytes are paired rightly, whatever the encoding and the prefix."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from core.errors import UnreadableFileError
from core.word import outline
from core.word.names import word_tags
from core.word.outline import read_part

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
TAGS = word_tags("tbl", "tc", "p", "t")
TRICKY = (
    '<w:p/><w:p w:x="a>/>"/><w:p>x/></w:p><w:p><w:p/></w:p>'
    "<w:tc><w:p></w:p><w:p w:y='\">'/></w:tc><w:p ><!-- /> --></w:p\n>"
    "<w:p>㸀<![CDATA[</w:p>/>]]>㸀</w:p><w:p><?x /?></w:p>"
)


def document(body: str, namespace: str = TRANSITIONAL, encoding: str = "utf-8") -> bytes:
    declared = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    text = f'<?xml version="1.0" encoding="{declared}"?><w:d xmlns:w="{namespace}">{body}</w:d>'
    return text.encode(encoding, "xmlcharrefreplace")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1"]
)
@pytest.mark.parametrize("namespace", [TRANSITIONAL, STRICT])
def test_every_element_has_exactly_its_own_bytes(encoding, namespace):
    part = read_part(document(TRICKY, namespace, encoding), TAGS)
    written = [part.text(extent.start, extent.end) for extent in part.extents.values()]

    assert len(written) == 11
    for element, text in zip(part.extents, written, strict=True):
        wrapped = etree.fromstring(f'<d xmlns:w="{namespace}">{text}</d>')
        assert len(wrapped) == 1
        assert "".join(wrapped[0].itertext()) == "".join(element.itertext())
        assert wrapped[0].tag == element.tag
        assert dict(wrapped[0].attrib) == dict(element.attrib)


TREES = st.recursive(
    st.sampled_from(["<w:p/>", "<w:p></w:p>", "<w:t>1145</w:t>", "/>", "件 &gt; 0", "<o/>", ""]),
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["w:tbl", "w:tc", "w:sdt", "w:p", "mc:Choice"]),
        st.lists(inner, max_size=4).map("".join),
    ),
    max_leaves=25,
)


@given(TREES, st.sampled_from(["utf-8", "utf-16"]))
def test_pairs_are_right_in_any_nesting(body, encoding):
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    wrapper = f'<w:body xmlns:mc="{compatibility}">{body}</w:body>'
    part = read_part(document(wrapper, encoding=encoding), TAGS)

    for element, extent in part.extents.items():
        again = f'<d xmlns:w="{TRANSITIONAL}" xmlns:mc="{compatibility}">'
        again += part.text(extent.start, extent.end) + "</d>"
        assert etree.tostring(etree.fromstring(again)[0], method="c14n") == etree.tostring(
            element, method="c14n", with_tail=False
        )
        assert (extent.close is None) == part.start_tag(extent).endswith("/>")


def test_the_first_tag_is_found_although_a_value_holds_its_end():
    part = read_part(document("<w:t w:a='>/>'>12</w:t><w:t/>"), TAGS)

    assert [part.start_tag(each) for each in part.extents.values()] == ["<w:t w:a='>/>'>", "<w:t/>"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_dtd_is_refused(encoding):
    text = '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'
    with pytest.raises(UnreadableFileError, match="DTD"):
        read_part(text.encode(encoding))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a>",
        b"<w:a/>",
        b"<a>&b;</a>",
        b'<?xml version="1.0" encoding="gb2312"?><a/>',
        b'<?xml version="1.0" encoding="hex"?><a/>',
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        "<a>\ud800</a>".encode("utf-8", "surrogatepass"),
        ("<a>" * 300 + "</a>" * 300).encode(),
    ],
)
def test_what_is_not_well_formed_is_refused_with_a_sentence(data):
    with pytest.raises(UnreadableFileError, match="已损坏"):
        read_part(data)


def test_too_many_elements_are_refused_before_a_tree_is_built(monkeypatch):
    monkeypatch.setattr(outline, "MAX_ELEMENTS", 10)
    read_part(b"<a>" + b"<b/>" * 9 + b"</a>")
    with pytest.raises(UnreadableFileError, match="太多"):
        read_part(b"<a>" + b"<b/>" * 10 + b"</a>")


def test_nothing_outside_the_part_is_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    text = f'<!DOCTYPE d [<!ENTITY a SYSTEM "{secret.as_uri()}">]><d>&a;</d>'
    with pytest.raises(UnreadableFileError, match="DTD"):
        read_part(text.encode())
