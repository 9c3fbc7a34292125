"""The cards that say what a range of days was made of: totals, goals, what nobody planned, what is open, hours."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from companion.core.audit import TECHNOLOGY
from companion.core.categories import Tree
from companion.core.goals import differences
from companion.ui.pages.time.counting import NOT_FILLED, Seen
from companion.ui.pages.time.grid_looks import Looks
from companion.ui.pages.time.heat import HeatCard
from companion.ui.pages.time.swatch import swatch_size
from companion.ui.pages.time.telling import (
    aimed,
    all_met,
    counted,
    difference,
    kept,
    lasting,
    share,
    unplanned_words,
)
from companion.ui.pages.time.totals import TotalsTree, paint_square
from companion.ui.theme.theme import Theme
from companion.ui.widgets.card import Card, label
from companion.ui.widgets.flow import flow_widget
from companion.ui.widgets.keybutton import KeyButton
from companion.ui.widgets.shown import show_if
from companion.ui.widgets.text import Wrapped

NARROW = 860
"""Width at 100 % below which everything stands in one column."""

NARROWEST = 380
"""Width at 100 % below which words are shorter, and a title has nothing beside it."""


class _Gap(KeyButton):
    """Leads to a gap. Where there is very little room its words end in an ellipsis; its name has them all."""

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), self._theme.px(150)), hint.height())


class Line(QWidget):
    """A category's swatch, a strong line beside it, quiet lines below; all of it wraps."""

    def __init__(
        self,
        theme: Theme,
        looks: Looks,
        category: str,
        strong: str,
        quiet: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._looks, self._category = theme, looks, category
        self._texts = [(strong, "strong", "text"), *((text, "small", "muted") for text in quiet if text)]
        self._laid = [Wrapped() for _ in self._texts]
        self.setAccessibleName(". ".join(text for text, _, _ in self._texts))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def words(self) -> str:
        """All that stands there."""
        return ". ".join(text for text, _, _ in self._texts)

    def _left(self) -> int:
        return swatch_size(self._theme).width() + self._theme.px(12) if self._category else 0

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = max(1, width - self._left())
        high = sum(
            laid.size(text, self._theme.font(role), room).height() + self._theme.px(2)
            for laid, (text, role, _) in zip(self._laid, self._texts, strict=True)
        )
        return max(high, self._theme.px(24))

    def sizeHint(self) -> QSize:
        width = self._theme.px(320)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), QFontMetrics(self._theme.font("strong")).height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._category:
            size = swatch_size(self._theme)
            box = QRectF(0, 0, size.width(), size.height())
            paint_square(painter, self._theme, self._looks, box, self._category)
        y, room = 0.0, max(1, self.width() - self._left())
        for laid, (text, role, token) in zip(self._laid, self._texts, strict=True):
            font = self._theme.font(role)
            painter.setPen(self._theme.color(token))
            laid.paint(painter, QRectF(self._left(), y, room, 1).topLeft(), text, font, room)
            y += laid.size(text, font, room).height() + px(2)
        painter.end()


class Lines(Card):
    """A card of lines under a few words; made anew when they change."""

    def __init__(self, theme: Theme, looks: Looks, title: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, title, parent, padding=20)
        self._looks = looks
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.intro = label("", "muted", self, wrap=True)
        self.body.addWidget(self.intro)
        self.lines: list[Line] = []
        self._rows = QVBoxLayout()
        self.body.addLayout(self._rows)
        self._known: object = None

    def show_lines(self, intro: str, lines: list[tuple[str, str, tuple[str, ...]]]) -> None:
        """Each line: category or nothing, the strong words, the quiet ones."""
        if (intro, lines) == self._known:
            return
        self._known = (intro, list(lines))
        self.intro.setText(intro)
        show_if(self.intro, bool(intro))
        for line in self.lines:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [Line(self._theme, self._looks, *line, parent=self) for line in lines]
        self._rows.setSpacing(self._theme.px(10))
        for line in self.lines:
            self._rows.addWidget(line)


def made_of(seen: Seen) -> str:
    """What a range is made of: ``4 h of 168 h filled (2 %), 164 h not filled (98 %).`` And what shares are of."""
    parts = [
        (seen.balance.recorded, _tr("{part} of {whole} filled ({share})")),
        (seen.open, _tr("{part} not filled ({share})")),
        (seen.balance.proposed, _tr("{part} proposed ({share})")),
    ]
    said = [
        words.replace("{part}", lasting(seconds)).replace("{share}", share(seconds, seen.gone))
        for i, (seconds, words) in enumerate(parts)
        if seconds or i < 2
    ]
    words = ", ".join(said).replace("{whole}", lasting(seen.gone))
    return f"{words}. {_tr('Shares of categories are of what is filled.')}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("FigureCards", text)


class FigureCards(QWidget):
    """All cards of a range. ``heat_wanted`` carries the category of the map, ``day_wanted`` the instant of a gap."""

    heat_wanted = Signal(str)
    day_wanted = Signal(object)  # an instant outgrows Qt's int
    goals_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        looks: Looks,
        stretch_words: Callable[[int, int], str],
        parent: QWidget | None = None,
    ) -> None:
        """``stretch_words`` writes a stretch of time: ``Tue 17 Nov, 14:05–16:00``."""
        super().__init__(parent)
        self._theme, self._looks, self._stretch = theme, looks, stretch_words
        self._gaps: tuple[tuple[int, int], ...] = ()
        self._narrow = False
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._two = QHBoxLayout()
        self._side = QVBoxLayout()
        self._make_totals()
        self.against = Lines(theme, looks, self.tr("Against the goals"), self)
        self.set_goals = KeyButton(theme, self.tr("Set goals"), "", "", "chip", self.against)
        self.set_goals.clicked.connect(self.goals_wanted)
        self.against.body.addWidget(self.set_goals, 0, Qt.AlignmentFlag.AlignLeft)
        self.technology = Lines(theme, looks, self.tr("Technology nobody planned"), self)
        self._make_open()
        for card in (self.against, self.technology, self.open):
            self._side.addWidget(card)
        self._side.addStretch(1)
        self._two.addWidget(self.totals_card, 3)
        self._two.addLayout(self._side, 2)
        self.heat = HeatCard(theme, looks, self)
        self.heat.wanted.connect(self.heat_wanted)
        self._outer.addLayout(self._two)
        self._outer.addWidget(self.heat)
        self._space()
        theme.changed.connect(self._space)

    def _make_totals(self) -> None:
        self.totals_card = Card(self._theme, self.tr("Where the time went"), self, padding=20)
        self.totals_card.setAccessibleName(self.tr("Where the time went"))
        self.summary = label("", "muted", self.totals_card, wrap=True)
        self.tree = TotalsTree(self._theme, self._looks, self.totals_card)
        self.tree.chosen.connect(self._on_chosen)
        self.fold = KeyButton(self._theme, self.tr("Fold"), "", "", "plain", self.totals_card)
        self.fold.clicked.connect(self._on_fold)
        self.tree.itemExpanded.connect(self._name_fold)
        self.tree.itemCollapsed.connect(self._name_fold)
        self.totals_card.title_row.addWidget(self.fold)
        self.totals_card.body.addWidget(self.summary)
        self.totals_card.body.addWidget(self.tree)
        self.totals_card.body.addStretch(1)

    def _make_open(self) -> None:
        self.open = Lines(self._theme, self._looks, self.tr("Not filled"), self)
        box, self._gap_row = flow_widget(self.open, self._theme.px(8))
        self.open.body.addWidget(box)
        self.gap_buttons: list[KeyButton] = []
        for i in range(3):
            button = _Gap(self._theme, "", "arrow_right", "", "chip", box)
            button.clicked.connect(partial(self._on_gap, i))
            self._gap_row.addWidget(button)
            self.gap_buttons.append(button)

    def _space(self) -> None:
        px = self._theme.px
        self._outer.setSpacing(px(16))
        self._two.setSpacing(px(16))
        self._side.setSpacing(px(16))
        self._gap_row.setSpacing(px(8))

    def fit(self, width: int) -> None:
        """One column where two do not fit into ``width`` pixels."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._two.setDirection(down if width < self._theme.px(NARROW) else across)
        narrow = width < self._theme.px(NARROWEST)
        self.heat.fit(narrow)
        if narrow != self._narrow:
            self._narrow = narrow
            row, body = self.totals_card.title_row, self.totals_card.body
            (row if narrow else body).removeWidget(self.fold)
            if narrow:  # the title has no room beside it
                body.insertWidget(1, self.fold, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                row.addWidget(self.fold)
            self._name_gaps()

    # -- what is shown
    def heat_category(self, tree: Tree) -> str:
        """The category that the map is to show."""
        self._looks.set_tree(tree)
        return self.heat.category(tree)

    def show_totals(self, seen: Seen) -> None:
        """Shows the totals of a range, the rest as it is."""
        self._looks.set_tree(seen.tree)
        self.summary.setText(made_of(seen))
        self.tree.show_seen(seen)
        show_if(self.fold, any(total.children for total in seen.totals))
        self._name_fold()

    def show_seen(self, seen: Seen) -> None:
        """Shows all figures of a range."""
        self.show_totals(seen)
        self._show_against(seen)
        self._show_technology(seen)
        self._show_open(seen)
        self.heat.show_heat(seen.heat, seen.tree, seen.days, seen.twelve)

    def _show_against(self, seen: Seen) -> None:
        missed = differences(seen.standings)
        lines: list[tuple[str, str, tuple[str, ...]]] = []
        years = seen.days > 366
        for one in missed:
            what, how = difference(one, seen.tree.label(one.goal.category))
            lines.append((one.goal.category, f"{what}, {how}", (aimed(one), kept(one), counted(one, years))))
        met = [one for one in seen.standings if not one.miss]
        if not seen.standings:
            intro = self.tr("No goal counted in these days. Without one, the totals are all there is to say.")
        elif not missed:
            intro = all_met(seen.standings, seen.over)
        else:
            known = {1: self.tr("The one difference"), 2: self.tr("The two differences, the largest first")}
            intro = known.get(len(missed), self.tr("The three largest differences"))
            intro = f"{intro}, {self.tr('so far')}:" if not seen.over else f"{intro}:"
        if met and missed:
            parts = ((seen.tree.label(one.goal.category), counted(one, years)) for one in met[:6])
            names = ", ".join(f"{name} ({part})" if part else name for name, part in parts)
            more = f" +{len(met) - 6}" if len(met) > 6 else ""
            lines.append(("", self.tr("As planned: {names}").replace("{names}", names + more), ()))
        elif met:
            lines += [
                (
                    one.goal.category,
                    difference(one, seen.tree.label(one.goal.category))[0],
                    (aimed(one), kept(one), counted(one, years)),
                )
                for one in met[:4]
            ]
        self.against.show_lines(intro, lines)
        show_if(self.set_goals, not seen.standings)

    def _show_technology(self, seen: Seen) -> None:
        found = seen.technology
        after = seen.tree.label(found.after) if found.after else ""
        name = seen.tree.names(TECHNOLOGY)[-1]
        words = unplanned_words(found, name, after, seen.has_plan)
        category = TECHNOLOGY if found.total else ""
        self.technology.show_lines("", [(category, words[0], tuple(words[1:]))])

    def _show_open(self, seen: Seen) -> None:
        self._gaps = seen.gaps
        if seen.open > 0 or seen.balance.proposed:
            what = self.tr("{open} not filled").replace("{open}", lasting(max(0, seen.open)))
            parts: tuple[str, ...] = ()
            if seen.balance.proposed:
                text = self.tr("{length} more proposed, to be accepted")
                parts += (text.replace("{length}", lasting(seen.balance.proposed)),)
            if seen.gaps:
                parts += (self.tr("The longest stretches lead to their days:"),)
            self.open.show_lines("", [(NOT_FILLED, what, parts)])
        else:
            self.open.show_lines("", [("", self.tr("Nothing is open: every minute is accounted for."), ())])
        self._name_gaps()

    def _name_gaps(self) -> None:
        for i, button in enumerate(self.gap_buttons):
            if i < len(self._gaps):
                start, end = self._gaps[i]
                when = self._stretch(start, end)
                words = f"{when} · {lasting(end - start)}"
                button.set_label(
                    when if self._narrow else words, self.tr("Fill {gap}").replace("{gap}", words)
                )
            show_if(button, i < len(self._gaps))

    # -- what is pressed
    def _on_gap(self, at: int) -> None:
        if at < len(self._gaps):
            self.day_wanted.emit(self._gaps[at][0])

    def _on_chosen(self, category: str) -> None:
        self.heat.choose(category)

    def _on_fold(self) -> None:
        self.tree.fold_all(not self.tree.is_folded())

    def _name_fold(self) -> None:
        folded = self.tree.is_folded()
        words = self.tr("Open all") if folded else self.tr("Fold all")
        self.fold.set_label(words)
        self.fold.set_icon("chevron_right" if folded else "chevron_down")
