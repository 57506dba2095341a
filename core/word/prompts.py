"""Which text of a Word file only prompts a person to fill in a content control."""

from __future__ import annotations

from lxml import etree

from core.word.names import child, is_on, name_of

Element = etree._Element


class Prompts:
    """The content controls of a part that show a prompt, each looked at once."""

    def __init__(self) -> None:
        """Begin with nothing known of any control."""
        self._asking: dict[Element, bool] = {}

    def hold(self, element: Element) -> bool:
        """Return whether a text stands in a control of its cell or paragraph that prompts."""
        for outer in element.iterancestors():
            name = name_of(outer)
            if name == "tr":
                break
            if name == "sdt" and is_on(child(outer, "sdtPr", "showingPlcHdr")):
                if outer not in self._asking:
                    self._asking[outer] = _asks(outer)
                return self._asking[outer]
        return False


def _asks(control: Element) -> bool:
    """Return whether what a control shows reads as a prompt: words, and no digit.

    Programs that fill in forms may leave the mark of a prompt on a number, which Word
    then shows as any other; a number is never read as nothing.
    """
    texts = (each.text or "" for each in control.iter() if name_of(each) in {"t", "m:t"})
    shown = "".join(texts).strip()
    words = [character for character in shown if character.isalpha()]
    is_number = any(map(str.isdigit, shown)) or all(map(str.isnumeric, words))
    return not shown or (len(words) > 1 and not is_number)
