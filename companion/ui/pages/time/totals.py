"""Time by category as a tree that folds: hours and minutes, share, a bar with the goal's mark; what is open below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from companion.core.goals import Standing
from companion.core.totals import Total
from companion.ui.pages.time import swatch
from companion.ui.pages.time.counting import NOT_FILLED, Seen
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.telling import aim_words, aimed, clocked, counted, kept, lasting, share
from companion.ui.theme import icons
from companion.ui.theme.theme import Theme
from companion.ui.widgets.painting import focus_ring, rounded
from companion.ui.widgets.text import elided, one_line, tip

NAME, BAR, TIME, SHARE, GOAL = range(5)
PROPOSED, TO_COME = "?proposed", "?to come"
"""Rows that are no category, beside ``NOT_FILLED``."""

_ID = Qt.ItemDataRole.UserRole
_SECONDS = Qt.ItemDataRole.UserRole + 1
_TARGET = Qt.ItemDataRole.UserRole + 2

Index = QModelIndex | QPersistentModelIndex


class _Row(QStyledItemDelegate):
    """Paints names with their swatches, bars with the mark of the goal, and figures."""

    def __init__(self, theme: Theme, looks: Looks, view: TotalsTree) -> None:
        super().__init__(view)
        self._theme, self._looks, self._view = theme, looks, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, box = self._theme, QRect(option.rect)
        ident = str(index.siblingAtColumn(NAME).data(_ID))
        inner = bool(index.parent().isValid())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if ident == self._view.first_open and not inner:
            painter.setPen(QPen(theme.color("border"), 1))
            painter.drawLine(box.left(), box.top(), box.right(), box.top())
        if option.state & QStyle.StateFlag.State_MouseOver and not ident.startswith("?"):
            painter.fillRect(box, theme.color("hover"))
        if index.column() == NAME:
            self._paint_name(painter, box, ident, str(index.data()), inner)
        elif index.column() == BAR:
            self._paint_bar(painter, box, ident, index, inner)
        else:
            self._paint_words(painter, box, str(index.data()), index.column(), inner)
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, theme, QRectF(box), theme.px(6))
        painter.restore()

    def _paint_name(self, painter: QPainter, box: QRect, ident: str, words: str, inner: bool) -> None:
        theme, px = self._theme, self._theme.px
        size = swatch.swatch_size(theme)
        at = QRectF(
            box.left() + px(2), box.center().y() - size.height() / 2 + 0.5, size.width(), size.height()
        )
        paint_square(painter, theme, self._looks, at, ident)
        font = theme.font("body" if inner else "strong")
        if ident.startswith("?"):
            font = theme.font("body")
        painter.setFont(font)
        painter.setPen(theme.color("text" if not ident.startswith("?") else "muted"))
        room = box.adjusted(size.width() + px(12), 0, -px(4), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided(words, font, room.width()))

    def _paint_words(self, painter: QPainter, box: QRect, words: str, column: int, inner: bool) -> None:
        theme = self._theme
        role = {TIME: "digits" if inner else "strong"}.get(column, "small")
        painter.setFont(theme.font(role))
        painter.setPen(theme.color("text" if column == TIME else "muted"))
        side = Qt.AlignmentFlag.AlignLeft if column == GOAL else Qt.AlignmentFlag.AlignRight
        edge = theme.px(6)
        painter.drawText(box.adjusted(edge, 0, -edge, 0), int(side | Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_bar(self, painter: QPainter, box: QRect, ident: str, index: Index, inner: bool) -> None:
        px = self._theme.px
        scale = self._view.whole if ident.startswith("?") else self._view.scale
        seconds = int(index.siblingAtColumn(NAME).data(_SECONDS))
        target = index.siblingAtColumn(NAME).data(_TARGET)
        high = px(8 if inner else 12)
        track = QRectF(box.left() + px(8), box.center().y() - high / 2 + 0.5, box.width() - px(16), high)
        if ident == TO_COME or track.width() <= 0:
            return
        wide = max(track.width() * seconds / scale, 2.0) if scale and seconds else 0.0
        bar = QRectF(track.left(), track.top(), min(wide, track.width()), high)
        paint_bar(painter, self._theme, self._looks, bar, ident)
        if isinstance(target, int) and scale:
            x = round(track.left() + track.width() * min(target / scale, 1.0)) - 0.5
            painter.setPen(QPen(self._theme.color("text"), max(2, px(2))))
            painter.drawLine(QPointF(x, track.top() - px(4)), QPointF(x, track.bottom() + px(4)))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._view.row_high(index.parent().isValid()))


def paint_square(painter: QPainter, theme: Theme, looks: Looks, box: QRectF, ident: str) -> None:
    """The square of a category with its letters; of what is open, dotted; of proposals, slanted lines."""
    radius = theme.px(5)
    if ident.startswith("?"):
        paint_bar(painter, theme, looks, box, ident, radius)
        return
    swatch.paint_swatch(painter, theme, looks, box, ident)


def paint_bar(
    painter: QPainter, theme: Theme, looks: Looks, box: QRectF, ident: str, radius: float = 0
) -> None:
    """A bar in a category's colour; in the pattern of open or proposed time where it is none."""
    if box.width() <= 0:
        return
    radius = min(radius or theme.px(4), box.width() / 2)
    if not ident.startswith("?"):
        rounded(painter, box, radius, looks.colour(ident), None)
        edge = QColor(theme.color("text"))
        edge.setAlphaF(0.18)
        rounded(painter, box, radius, None, edge)
        return
    shape = QPainterPath()
    shape.addRoundedRect(box, radius, radius)
    brush = looks.dots()
    if ident == PROPOSED:
        brush = QBrush(theme.color("border_strong"), Qt.BrushStyle.BDiagPattern)
    painter.fillPath(shape, theme.color("surface"))
    if ident != TO_COME:
        painter.fillPath(shape, brush)
    pen = Qt.PenStyle.SolidLine if ident == NOT_FILLED else Qt.PenStyle.DashLine
    painter.setPen(QPen(theme.color("border_strong"), 1, pen))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class TotalsTree(QTreeWidget):
    """As high as its rows. ``chosen`` carries the category that was pressed or on which Enter was pressed."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._looks = theme, looks
        self._seen: Seen | None = None
        self._folded: set[str] = set()
        self.scale = self.whole = 0
        self.first_open = ""
        self.setAccessibleName(self.tr("Totals"))
        self.setColumnCount(5)
        heads = (self.tr("Category"), "", self.tr("Time"), self.tr("Share"), self.tr("Goal"))
        self.setHeaderLabels(heads)
        self.headerItem().setData(BAR, Qt.ItemDataRole.AccessibleTextRole, self.tr("Bar"))
        for column in (TIME, SHARE):
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            self.headerItem().setTextAlignment(column, right)
        self.setItemDelegate(_Row(theme, looks, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRootIsDecorated(True)
        self.setUniformRowHeights(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head = self.header()
        head.setSectionsClickable(False)
        head.setSectionsMovable(False)
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(1)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.itemExpanded.connect(self._on_folded)
        self.itemCollapsed.connect(self._on_folded)
        self.itemActivated.connect(self._on_activated)
        self.itemClicked.connect(self._on_activated)
        self._restyle()
        theme.changed.connect(self._restyle)

    # -- what is shown
    def show_seen(self, seen: Seen) -> None:
        """Shows these totals; what was folded stays so."""
        self._seen = seen
        against: dict[str, Standing] = {}
        for one in seen.standings:
            against.setdefault(seen.tree.shown(one.goal.category).id, one)
        # A week that is mostly open would leave no bar to see: what is open has a scale of its own, its share of all.
        rows = [total.seconds for total in seen.totals] + [one.target for one in against.values()]
        self.scale, self.whole = max(rows, default=0), seen.gone
        current = self.currentItem().data(NAME, _ID) if self.currentItem() else None
        self.blockSignals(True)
        self.clear()
        for total in seen.totals:
            top = self._item(seen, total, against)
            self.addTopLevelItem(top)
            own = total.seconds - sum(child.seconds for child in total.children)
            if total.children and own:
                words = self.tr("{name}, on its own").replace("{name}", seen.tree.names(total.category)[-1])
                part = share(own, seen.balance.recorded)
                top.addChild(self._made(total.category, words, own, (part, self._of_filled(part)), None))
            for child in total.children:
                top.addChild(self._item(seen, child, against))
            top.setExpanded(total.category not in self._folded)
        self._add_open(seen)
        self.blockSignals(False)
        self._restore(current)
        self._fit()

    def _add_open(self, seen: Seen) -> None:
        """The rows of what is no category; that of unfilled time is always there, with its share of it all."""
        rows = [(NOT_FILLED, self.tr("Not filled"), seen.open)]
        if seen.balance.proposed:
            rows.insert(0, (PROPOSED, self.tr("Proposed"), seen.balance.proposed))
        self.first_open = rows[0][0]
        for ident, words, seconds in rows:
            part = self.tr("%1 of all").replace("%1", share(seconds, seen.gone))
            self.addTopLevelItem(self._made(ident, words, seconds, (part, part), None))
        if seen.to_come:
            self.addTopLevelItem(self._made(TO_COME, self.tr("Still to come"), seen.to_come, ("", ""), None))

    def _of_filled(self, part: str) -> str:
        return self.tr("%1 of what is filled").replace("%1", part)

    def _item(self, seen: Seen, total: Total, against: Mapping[str, Standing]) -> QTreeWidgetItem:
        name, part = seen.tree.names(total.category)[-1], share(total.seconds, seen.balance.recorded)
        parts = (part, self._of_filled(part))
        return self._made(total.category, name, total.seconds, parts, against.get(total.category))

    def _made(
        self, ident: str, words: str, seconds: int, parts: tuple[str, str], standing: Standing | None
    ) -> QTreeWidgetItem:
        """``parts``: its share as it stands in the column, and as it is read out."""
        part, said_part = parts
        parts_of = (aim_words(standing.goal), counted(standing)) if standing else ()
        goal = ", ".join(text for text in parts_of if text)
        item = QTreeWidgetItem([one_line(words, 80), "", clocked(seconds), part, goal])
        item.setData(NAME, _ID, ident)
        item.setData(NAME, _SECONDS, seconds)
        # A goal that counted in a part of the days has no place on a bar of all of them.
        whole_range = standing is not None and standing.actual == seconds
        item.setData(NAME, _TARGET, standing.target if standing and whole_range else None)
        said = [lasting(seconds), said_part]
        if standing:
            said += [text for text in (aimed(standing), kept(standing), counted(standing)) if text]
            item.setToolTip(GOAL, tip(", ".join(said[2:])))
        told = ", ".join(part for part in (item.text(NAME), *said) if part)
        item.setData(NAME, Qt.ItemDataRole.AccessibleTextRole, told)
        item.setData(BAR, Qt.ItemDataRole.AccessibleTextRole, said_part or lasting(seconds))
        item.setToolTip(NAME, tip(told))
        return item

    def _restore(self, current: Any) -> None:
        found = self.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive, NAME)
        item = next((one for one in found if one.data(NAME, _ID) == current), None)
        if item is not None:
            self.setCurrentItem(item)

    def rows(self) -> list[tuple[str, ...]]:
        """What stands in the rows, one after another, also in folded ones."""
        found: list[tuple[str, ...]] = []
        for i in range(self.topLevelItemCount()):
            top = self.topLevelItem(i)
            for item in (top, *(top.child(k) for k in range(top.childCount()))):
                found.append(tuple(item.text(column) for column in (NAME, TIME, SHARE, GOAL)))
        return found

    def fold_all(self, folded: bool) -> None:
        """Folds all parents, or opens them."""
        for i in range(self.topLevelItemCount()):
            self.topLevelItem(i).setExpanded(not folded)

    def is_folded(self) -> bool:
        """Whether no parent is open."""
        tops = [self.topLevelItem(i) for i in range(self.topLevelItemCount())]
        return not any(top.isExpanded() for top in tops if top.childCount())

    def _on_folded(self, item: QTreeWidgetItem) -> None:
        ident = str(item.data(NAME, _ID))
        if item.isExpanded():
            self._folded.discard(ident)
        else:
            self._folded.add(ident)
        self._fit()

    def _on_activated(self, item: QTreeWidgetItem) -> None:
        ident = str(item.data(NAME, _ID))
        if ident not in (PROPOSED, TO_COME):
            self.chosen.emit(ident)

    # -- sizes
    def row_high(self, inner: bool) -> int:
        """Height of a row in pixels."""
        high = QFontMetrics(self._theme.font("body")).height()
        return max(high + self._theme.px(8), self._theme.px(30 if inner else 36))

    def _fit(self) -> None:
        theme, px, wide = self._theme, self._theme.px, self.width()
        strong, small = QFontMetrics(theme.font("strong")), QFontMetrics(theme.font("small"))
        self.setIndentation(px(22))
        rows, edge = self.rows(), 2 * px(6) + 2
        cells = {
            TIME: max((strong.horizontalAdvance(row[1]) for row in rows), default=0) + edge,
            SHARE: max((small.horizontalAdvance(row[2]) for row in rows), default=0) + edge,
            GOAL: max((small.horizontalAdvance(row[3]) for row in rows), default=0) + edge,
        }
        for column, words in (
            (TIME, self.tr("Time")),
            (SHARE, self.headerItem().text(SHARE)),
            (GOAL, self.tr("Goal")),
        ):
            cells[column] = max(cells[column], small.horizontalAdvance(words) + edge)
        has_goal = any(row[3] for row in rows)
        name = max((strong.horizontalAdvance(row[0]) for row in rows), default=0)
        name = min(
            name + px(22 + 22 + 18) + swatch.swatch_size(theme).width(),
            round(wide * (0.6 if wide < px(520) else 0.4)),
        )
        # Before a figure is cut away the name is shortened, and then the share only told in the tip.
        show_share = wide - cells[TIME] - cells[SHARE] >= px(130) or wide > px(300)
        self.setColumnHidden(SHARE, not show_share)
        cells[SHARE] = cells[SHARE] if show_share else 0
        name = min(name, max(px(100), wide - cells[TIME] - cells[SHARE]))
        left = wide - name - cells[TIME] - cells[SHARE]
        show_goal = has_goal and left - cells[GOAL] > px(70)
        left -= cells[GOAL] if show_goal else 0
        self.setColumnHidden(GOAL, not show_goal)
        self.setColumnHidden(BAR, left < px(40))
        widths = {NAME: name if left >= px(40) else name + max(0, left), BAR: max(0, left), **cells}
        for column, width in widths.items():
            if not self.isColumnHidden(column):
                self.setColumnWidth(column, width)
        high = small.height() + px(8)
        self.header().setFixedHeight(high)
        self.setFixedHeight(high + self._rows_high() + 2)

    def _rows_high(self) -> int:
        total = 0
        for i in range(self.topLevelItemCount()):
            top = self.topLevelItem(i)
            total += self.row_high(False)
            total += self.row_high(True) * top.childCount() if top.isExpanded() else 0
        return total

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        item = self.itemFromIndex(index)
        if str(item.data(NAME, _ID)) == self.first_open:
            painter.setPen(QPen(self._theme.color("border"), 1))
            painter.drawLine(rect.left(), rect.top(), rect.right(), rect.top())
        if not item.childCount():
            return
        side = self._theme.px(16)
        name = "chevron_down" if item.isExpanded() else "chevron_right"
        image = icons.pixmap(name, self._theme, "muted", 16, self.devicePixelRatioF())
        at = QPointF(rect.right() - side - self._theme.px(2), rect.center().y() - side / 2 + 0.5)
        painter.drawPixmap(at, image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(180), self.minimumHeight())

    def _restyle(self) -> None:
        theme = self._theme
        line, muted, size = theme.color("border").name(), theme.color("muted").name(), theme.px(13)
        self.setStyleSheet(
            "QTreeWidget { background: transparent; }"
            "QHeaderView { background: transparent; } QHeaderView::section { background: transparent;"
            f" color: {muted}; border: none; border-bottom: 1px solid {line};"
            f" padding: 0 {theme.px(6)}px; font-size: {size}px; }}"
        )
        self._fit()
