"""Plain text made safe to lay out: whatever a user pastes is shown as text, and only so much of it."""

import re

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

# More than fits any field of the window. Past this a text is cut with an ellipsis, so that laying out a
# paste of 100,000 characters costs no more than a long paragraph.
LIMIT = 1500
# Characters that have no place in a line of text; Qt would draw them as boxes, or stop at them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def plain(text: str, limit: int = LIMIT) -> str:
    """``text`` fit to be shown: at most ``limit`` characters, control characters as visible marks."""
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str, limit: int = LIMIT) -> str:
    """As ``plain``, on a single line."""
    return " ".join(plain(text, limit).split())


def tip(text: str) -> str:
    """``text`` for a tool tip, which takes what looks like markup for markup: escaped, with its line breaks."""
    shown = escaped(plain(text, 600))
    return f"<span>{shown.replace(chr(10), '<br>')}</span>" if shown else ""


def no_mnemonic(text: str) -> str:
    """``text`` for a control that reads ``&`` as the mark of a shortcut."""
    return text.replace("&", "&&")


def escaped(text: str) -> str:
    """``text`` where a widget reads markup (a tool tip): shown as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Wrapped:
    """A text laid out in a width, able to tell its size and to be painted. Keeps the last layout, and the sizes of
    its text in the widths that layouts ask for again and again.
    """

    def __init__(self) -> None:
        self._layout: QTextLayout | None = None
        self._laid: tuple[str, QFont, int] | None = None
        self._sizes: dict[int, QSize] = {}
        self._one = QSize()
        self._plain = False
        self._text = ""
        self._font: QFont | None = (
            None  # the very object, as the theme hands it out: asking for its key costs more
        )

    def size(self, text: str, font: QFont, width: int) -> QSize:
        """Size in pixels of ``text`` wrapped to ``width``: as wide as its longest line, one line high at least."""
        if font is not self._font or text != self._text or len(self._sizes) > 16:
            self._sizes, self._text, self._font = {}, text, font
            metrics = QFontMetricsF(font)
            self._one = QSize(int(metrics.horizontalAdvance(text) + 0.999), int(metrics.height() + 0.999))
            # Other scripts and emoji come from other fonts, which may be higher: those are always laid out.
            self._plain = all(" " <= sign < "\u0250" or "\u2010" <= sign <= "\u2026" for sign in text)
        if self._plain and self._one.width() < width:
            return self._one  # one line: nothing has to be laid out to know that
        if width not in self._sizes:
            self._sizes[width] = self._lay_out(text, font, width)
        return self._sizes[width]

    def _lay_out(self, text: str, font: QFont, width: int) -> QSize:
        layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        height, widest = 0.0, 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, height))
            height += line.height()
            widest = max(widest, line.naturalTextWidth())
        layout.endLayout()
        height = max(height, QFontMetricsF(font).height())
        self._layout, self._laid = layout, (text, font, width)
        return QSize(int(widest + 0.999), int(height + 0.999))

    def paint(self, painter: QPainter, at: QPointF, text: str, font: QFont, width: int) -> None:
        """Paint with the painter's pen; lays out only when something changed."""
        if self._laid is None or self._laid[1] is not font or (text, width) != self._laid[::2]:
            self._lay_out(text, font, width)
        if self._layout is not None:
            self._layout.draw(painter, at)


def elided(text: str, font: QFont, width: int) -> str:
    """``text`` on one line, cut at the right with an ellipsis to fit ``width`` pixels."""
    line = one_line(text, 400)
    return QFontMetricsF(font).elidedText(line, Qt.TextElideMode.ElideRight, width)
