"""Text to be read, by eyes and by screen readers: its name is fixed and its text stays reachable."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QTextEdit, QWidget

from companion.ui.theme.theme import Theme
from companion.ui.widgets.text import Wrapped, one_line, plain


class Mark(NamedTuple):
    """A stretch of a text to be set off: from ``start`` for ``length`` characters."""

    start: int
    length: int
    kind: Literal["gap", "accent", "muted", "strong"] = "gap"


class ReadOut(QTextEdit):
    """Wrapped plain text as high as its contents, without frame, focus or scroll bars.

    A label would hide its text from assistive tools once it has a name of its own; a text field shows both.
    """

    def __init__(
        self, theme: Theme, name: str, role: str = "body", parent: QWidget | None = None, token: str = "text"
    ) -> None:
        super().__init__(parent)
        self._theme, self._role, self._token = theme, role, token
        self._text = ""
        self.setProperty("tone", token)
        self._marks: tuple[Mark, ...] = ()
        self._marked = False
        self._wrapped = Wrapped()
        self._joined = False
        self._heights: dict[int, int] = {}
        self.setProperty("kind", "readout")
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setAcceptDrops(False)
        self.document().setDocumentMargin(0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._restyle()
        theme.changed.connect(self._restyle)

    def enterEvent(self, event: QEnterEvent) -> None:
        # Not before: the first widget that Qt hands out makes PySide6 look at every kind of widget there is.
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        super().enterEvent(event)

    def text(self) -> str:
        """The text as shown."""
        return self._text

    def set_text(self, text: str, marks: Sequence[Mark] = ()) -> None:
        """Show ``text``, cut to what can be shown; nothing happens while both are as they were."""
        shown, wanted = plain(text), tuple(marks)
        if (shown, wanted) == (self._text, self._marks):
            return
        if shown != self._text:
            self._text = shown
            self._heights = {}
            self.setPlainText(self._drawn())
        self._marks = wanted
        self._format()
        self.updateGeometry()

    def keep_hyphens(self) -> None:
        """No line ends at a hyphen from now on: spelled words (``M-ike``) stay whole. For texts without marks."""
        self._joined = True
        self.setPlainText(self._drawn())

    def _drawn(self) -> str:
        return self._text.replace("-", "-\N{WORD JOINER}") if self._joined else self._text

    def set_role(self, role: str, token: str | None = None) -> None:
        """Another font role, and colour when ``token`` is given: text, muted, accent, warn or error."""
        wanted = token or self._token
        if wanted != self._token:
            self._token = wanted
            self.setProperty("tone", wanted)
            self.style().unpolish(self)
            self.style().polish(self)
        if role != self._role:
            self._role = role
            self._restyle()

    def _restyle(self) -> None:
        self._heights = {}
        font = self._theme.font(self._role)
        self.document().setDefaultFont(font)
        self._format()
        self.updateGeometry()

    def _format(self) -> None:
        # Formats are made only where there are marks: their types cost a start some milliseconds.
        if not self._marks and not self._marked:
            return
        self._marked = bool(self._marks)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setCharFormat(QTextCharFormat())
        end = self.document().characterCount() - 1
        for mark in self._marks:
            # Qt counts in UTF-16 units, Python in code points.
            start = _units(self._text[: mark.start])
            stop = start + _units(self._text[mark.start : mark.start + mark.length])
            if start >= min(stop, end):
                continue
            cursor.setPosition(start)
            cursor.setPosition(min(stop, end), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(self._mark_format(mark.kind))

    def _mark_format(self, kind: str) -> QTextCharFormat:
        made = QTextCharFormat()
        if kind == "strong":
            made.setFontWeight(QFont.Weight.DemiBold)
            return made
        made.setForeground(self._theme.color("muted" if kind == "muted" else "accent"))
        if kind == "gap":
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            made.setFontUnderline(True)
        return made

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        height = self._heights.get(width)
        if height is None:
            drawn = self._drawn()
            size = self._theme.size(
                ("readout", hash(drawn), self._role, width),
                lambda: self._wrapped.size(drawn, self._theme.font(self._role), width),
            )
            height = self._heights[width] = size.height()
        return height

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font(self._role))
        width = metrics.averageCharWidth() * 40
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font(self._role))
        return QSize(metrics.averageCharWidth() * 8, metrics.height())


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class SingleLine(QLineEdit):
    """One line to be read, as wide as ``widest`` needs, so that a running time moves nothing around it."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        role: str = "time",
        widest: str = "00:00:00",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._role, self._widest = theme, role, widest
        self.setProperty("kind", "readout")
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setFrame(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setTextMargins(0, 0, 0, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_text(self, text: str) -> None:
        """Show ``text`` on one line; nothing happens, and nothing is announced, while it is as it was."""
        shown = one_line(text, 200)
        if shown != self.text():
            self.setText(shown)
            self.setCursorPosition(0)

    def _restyle(self) -> None:
        self.setFont(self._theme.font(self._role))
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # When a style sheet takes effect Qt may put a font of before back: the role's font wins.
        if event.type() == QEvent.Type.FontChange and self.font() != self._theme.font(self._role):
            self.setFont(self._theme.font(self._role))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font(self._role))
        return QSize(metrics.horizontalAdvance(self._widest) + self._theme.px(6), metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
