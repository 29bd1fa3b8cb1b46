"""Texts as XML can hold them."""

from __future__ import annotations

import re
from typing import Final

# XML 1.0 (fifth edition), production 2: what no escape can bring into a document.
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text with a replacement character (U+FFFD) for each control character that XML has no way to write."""
    return _NOT_XML.sub("\ufffd", text)
