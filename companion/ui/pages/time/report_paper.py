"""Words, bars and swatches on paper, measured in tenths of a point."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from companion.core.categories import Colours, Tree, colours
from companion.resources import resource
from companion.ui.theme.fonts import FAMILY
from companion.ui.theme.tokens import Tokens, load
from companion.ui.widgets.text import one_line


class Paper:
    """Words, bars and swatches on a page, in the light theme whatever the window wears."""

    def __init__(self, painter: QPainter, tree: Tree) -> None:
        self.painter, self.tree = painter, tree
        self.tokens: Tokens = load(resource("themes", "light.toml"))
        self.palette: Colours = colours(resource("time", "colours.toml").read_text(encoding="utf-8"))
        self._fonts: dict[tuple[int, bool], QFont] = {}

    def color(self, token: str) -> QColor:
        return QColor(getattr(self.tokens, token))

    def font(self, size: int, strong: bool = False) -> QFont:
        """The shipped font, ``size`` units high, with figures of one width."""
        key = (size, strong)
        if key not in self._fonts:
            font = QFont(FAMILY)
            font.setPixelSize(size)
            font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
            font.setFeature(QFont.Tag("tnum"), 1)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[key] = font
        return self._fonts[key]

    def words(
        self,
        box: QRectF,
        text: str,
        size: int = 95,
        token: str = "text",
        strong: bool = False,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """One line, cut at its end where it does not fit."""
        font = self.font(size, strong)
        self.painter.setFont(font)
        self.painter.setPen(self.color(token))
        shown = QFontMetricsF(font).elidedText(
            one_line(text, 300), Qt.TextElideMode.ElideRight, box.width() + 1
        )
        self.painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)

    def wrapped(
        self,
        box: QRectF,
        text: str,
        size: int = 95,
        token: str = "text",
        strong: bool = False,
    ) -> float:
        """As many lines as fit into ``box``; returns the height that they take."""
        font = self.font(size, strong)
        line = QFontMetricsF(font).height()
        lines = self._broken(one_line(text, 500), QFontMetricsF(font), box.width(), int(box.height() // line))
        for i, words in enumerate(lines):
            self.words(
                QRectF(box.left(), box.top() + i * line, box.width(), line), words, size, token, strong
            )
        return len(lines) * line

    @staticmethod
    def _broken(text: str, metrics: QFontMetricsF, width: float, most: int) -> list[str]:
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and metrics.horizontalAdvance(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        if len(lines) > most > 0:
            lines[most - 1 :] = [" ".join(lines[most - 1 :])]
        return lines[: max(0, most)]

    def heading(self, at: QPointF, width: float, text: str) -> float:
        """The head of a part with a thin line below; returns its height."""
        self.words(QRectF(at.x(), at.y(), width, 150), text, 92, "accent", True)
        self.painter.setPen(QPen(self.color("border"), 6))
        self.painter.drawLine(QLineF(at.x(), at.y() + 155, at.x() + width, at.y() + 155))
        return 190.0

    def bar(self, box: QRectF, category: str) -> None:
        """A bar in the colour of a category; dotted for what is none."""
        if box.width() <= 0:
            return
        painter = self.painter
        if category in self.tree or category:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(
                QColor(self.palette.colours[self.tree.colour(category) % len(self.palette.colours)])
            )
            painter.drawRoundedRect(box, 14, 14)
            return
        painter.setPen(QPen(self.color("border_strong"), 5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 14, 14)
        self._dots(box)

    def _dots(self, box: QRectF) -> None:
        painter, step = self.painter, 38.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color("border_strong"))
        y = box.center().y() - step * int(box.height() / 2 / step - 0.3)
        while y < box.bottom() - 14:
            x = box.left() + step * 0.7
            while x < box.right() - 14:
                painter.drawEllipse(QPointF(x, y), 5, 5)
                x += step
            y += step

    def swatch(self, box: QRectF, category: str) -> None:
        """The colour of a category with its letters."""
        self.bar(box, category)
        if category:
            self.painter.setFont(self.font(72, True))
            self.painter.setPen(
                QColor(self.palette.ink(self.tree.colour(category) % len(self.palette.colours)))
            )
            self.painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.tree.code(category)[:2])
