"""The report of an audit on one sheet of paper, drawn by ourselves: the same on A4, on Letter, as PDF and as picture.

Everything is measured in tenths of a point (1/720 inch). What there is no room for is left out by rule, the least
first, and said to be; a second page never comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from companion import APP_NAME
from companion.core.audit import Report
from companion.core.categories import Tree
from companion.core.goals import Standing
from companion.core.totals import Balance, Heat, Total
from companion.ui.pages.time.heat import cells_of
from companion.ui.pages.time.periods import with_weekday
from companion.ui.pages.time.report_paper import Paper
from companion.ui.pages.time.telling import aimed, all_met, clocked, counted, difference, lasting, share
from companion.ui.widgets.heatmap import Shades, shades, step_of

UNIT = 720
"""Units to the inch."""

MARGIN = 430
GAP = 150
DAY_ROW = 165
HEAT_ROW = 140
LEAST_ROW, MOST_ROW = 112, 188
SHARE_WIDE = 430


class Sheet(NamedTuple):
    """What the report says, in words where the page has none of its own. ``heat`` is that of ``heat_name``;
    ``technology`` and ``gaps`` are lines; ``decision`` and ``detail`` are empty while there is none; ``twelve``: hours
    are those of the 12-hour clock."""

    report: Report
    tree: Tree
    title: str
    heat: Heat
    heat_name: str
    technology: tuple[str, ...]
    gaps: tuple[str, ...]
    decision: str
    detail: str
    twelve: bool


class Row(NamedTuple):
    """A line of the totals: category or empty, words, seconds, depth; ``open``: the time that nothing fills."""

    category: str
    words: str
    seconds: int
    depth: int
    open: bool = False


def total_rows(found: Sequence[Total], tree: Tree, room: int) -> tuple[list[Row], int]:
    """The lines of the totals, at most ``room``: what is in categories is left out first, the least of it first, then
    the least categories, which become one line. With it, how many were left out."""
    rows: list[Row] = []
    for total in found:
        rows.append(Row(total.category, tree.names(total.category)[-1], total.seconds, 0))
        rows += [Row(one.category, tree.names(one.category)[-1], one.seconds, 1) for one in total.children]
    left_out = 0
    for depth in (1, 0):
        parts = sorted((row for row in rows if row.depth == depth), key=lambda row: row.seconds)
        others = 0  # the line of what is left out at the top
        while len(rows) + others > room and parts:
            rows.remove(parts.pop(0))
            left_out += 1
            others = 1 - depth
    tops = sum(row.seconds for row in rows if not row.depth)
    rest = sum(total.seconds for total in found) - tops
    if rest:
        rows.append(Row("", _tr("Others together"), rest, 0))
    return rows, left_out


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReportPage", text)


def paint_report(painter: QPainter, size: QSizeF, sheet: Sheet) -> None:
    """Draws the whole page; ``size`` is that of the paper in units."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paper = Paper(painter, sheet.tree)
    left, width = float(MARGIN), size.width() - 2 * MARGIN
    y = _head(paper, sheet, QRectF(left, MARGIN, width, 420))
    y = _days(paper, sheet, QPointF(left, y + GAP), width)
    foot = size.height() - MARGIN
    foot = _foot(paper, QRectF(left, foot - 110, width, 110))
    foot = _decision(paper, sheet, QRectF(left, foot - 520 - 60, width, 520))
    foot = _heat(paper, sheet, left, width, foot - GAP)
    middle = QRectF(left, y + GAP, width, foot - GAP - (y + GAP))
    wide = width * 0.57
    _totals(paper, sheet, QRectF(middle.left(), middle.top(), wide, middle.height()))
    right = QRectF(middle.left() + wide + 260, middle.top(), width - wide - 260, middle.height())
    _side(paper, sheet, right)


def _head(paper: Paper, sheet: Sheet, box: QRectF) -> float:
    """Title, dates, and what was recorded; returns where it ends."""
    found = sheet.report.balance
    paper.words(QRectF(box.left(), box.top(), box.width(), 260), _tr("Time audit"), 225, "text", True)
    right = QRectF(box.left(), box.top() + 20, box.width(), 220)
    paper.words(right, sheet.title, 112, "muted", False, Qt.AlignmentFlag.AlignRight)
    paper.painter.setPen(QPen(paper.color("accent"), 16))
    paper.painter.drawLine(QLineF(box.left(), box.top() + 292, box.right(), box.top() + 292))
    open_ = found.unfilled + found.proposed
    parts = [_tr("{part} of {whole} filled ({share})"), _tr("{open} not filled ({rest})")]
    if found.proposed:
        parts.append(_tr("{proposed} of that proposed and not accepted"))
    text = (
        " · ".join(parts).replace("{part}", lasting(found.recorded)).replace("{whole}", lasting(found.length))
    )
    text = text.replace("{share}", share(found.recorded, found.length))
    text = text.replace("{open}", lasting(open_)).replace("{rest}", share(open_, found.length))
    text = text.replace("{proposed}", lasting(found.proposed))
    paper.words(QRectF(box.left(), box.top() + 330, box.width(), 140), text, 100, "muted")
    return box.top() + 470


def _days(paper: Paper, sheet: Sheet, at: QPointF, width: float) -> float:
    """Each day as one bar of its categories, as long as the day; returns where it ends."""
    y = at.y() + paper.heading(at, width, _tr("Day by day"))
    longest = max((line.day.length for line in sheet.report.days), default=0)
    name, tail = 650.0, 560.0
    for line in sheet.report.days:
        paper.words(QRectF(at.x(), y, name, DAY_ROW), with_weekday(line.day.date), 92)
        track = QRectF(at.x() + name, y + 18, width - name - tail, DAY_ROW - 36)
        _day_bar(paper, sheet, track, line.totals, line.day.length, longest)
        open_ = line.balance.unfilled + line.balance.proposed
        text = _tr("{open} open").replace("{open}", clocked(open_)) if open_ else _tr("complete")
        box = QRectF(track.right() + 60, y, tail - 60, DAY_ROW)
        paper.words(box, text, 86, "muted", False, Qt.AlignmentFlag.AlignRight)
        y += DAY_ROW
    return y


def _day_bar(
    paper: Paper, sheet: Sheet, track: QRectF, found: Sequence[Total], length: int, longest: int
) -> None:
    if not length or not longest:
        return
    scale = track.width() / longest
    x = track.left()
    metrics = QFontMetricsF(paper.font(72, True))
    for total in found:
        wide = total.seconds * scale
        box = QRectF(x, track.top(), max(0.0, wide - 8), track.height())
        paper.bar(box, total.category)
        code = sheet.tree.code(total.category)[:2]
        if code and wide > metrics.horizontalAdvance(code) + 30:
            colour = sheet.tree.colour(total.category) % len(paper.palette.colours)
            paper.painter.setFont(paper.font(72, True))
            paper.painter.setPen(QColor(paper.palette.ink(colour)))
            paper.painter.drawText(box, Qt.AlignmentFlag.AlignCenter, code)
        x += wide
    end = track.left() + length * scale
    if end - x > 12:
        paper.bar(QRectF(x, track.top(), end - x, track.height()), "")


def _totals(paper: Paper, sheet: Sheet, box: QRectF) -> None:
    """Where the time went, with what is not filled as its last line."""
    y = box.top() + paper.heading(box.topLeft(), box.width(), _tr("Where the time went"))
    right = QRectF(box.left(), box.top() + 14, box.width(), 130)
    paper.words(right, _tr("share of filled"), 76, "muted", False, Qt.AlignmentFlag.AlignRight)
    found, room = sheet.report.balance, box.bottom() - y
    rows, left_out = total_rows(sheet.report.totals, sheet.tree, int(room // LEAST_ROW) - 2)
    rows.append(Row("", _tr("Not filled"), found.unfilled + found.proposed, 0, True))
    lines = len(rows) + (1 if left_out else 0)
    high = min(MOST_ROW, room / max(1, lines))
    most = max((row.seconds for row in rows if not row.open), default=0)
    # A goal that counted on some of the days only has no place on a bar of all of them.
    spent = {one.category: one.seconds for top in sheet.report.totals for one in (top, *top.children)}
    held = [(sheet.tree.shown(one.goal.category).id, one) for one in reversed(sheet.report.standings)]
    targets = {name: one.target for name, one in held if spent.get(name) == one.actual}
    most = max([most, *targets.values()])
    for row in rows:
        _total(paper, QRectF(box.left(), y, box.width(), high), row, (most, found), targets)
        y += high
    if left_out:
        text = _tr("{n} small categories have no line of their own.").replace("{n}", str(left_out))
        paper.words(QRectF(box.left(), y, box.width(), high), text, 80, "muted")


def _total(paper: Paper, box: QRectF, row: Row, scale: tuple[int, Balance], targets: dict[str, int]) -> None:
    """One line; what is not filled has its share of the whole, all others theirs of what is filled."""
    most, found = scale
    indent, size = 150.0 * row.depth, 95 if not row.depth else 86
    swatch = QRectF(box.left() + indent, box.top() + (box.height() - 108) / 2, 170, 108)
    paper.swatch(swatch, row.category)
    name = QRectF(swatch.right() + 60, box.top(), 900 - indent, box.height())
    paper.words(name, row.words, size, "text", not row.depth and bool(row.category))
    share_box = QRectF(box.right() - SHARE_WIDE, box.top(), SHARE_WIDE, box.height())
    right = Qt.AlignmentFlag.AlignRight
    said = share(row.seconds, found.recorded)
    if row.open:
        said = _tr("{share} of all").replace("{share}", share(row.seconds, found.length))
    paper.words(share_box, said, 80, "muted", False, right)
    time = QRectF(share_box.left() - 370, box.top(), 350, box.height())
    paper.words(time, clocked(row.seconds), size, "text", not row.depth, right)
    thick = 66.0 if not row.depth else 44.0
    left = box.left() + 170 + 60 + 900
    track = QRectF(left, box.center().y() - thick / 2, time.left() - left - 40, thick)
    if most or row.open:
        part = row.seconds / (max(1, found.length) if row.open else most)
        paper.bar(QRectF(track.left(), track.top(), track.width() * part, thick), row.category)
        target = targets.get(row.category)
        if target is not None:
            x = track.left() + track.width() * min(1.0, target / most)
            paper.painter.setPen(QPen(paper.color("text"), 12))
            paper.painter.drawLine(QLineF(x, track.top() - 22, x, track.bottom() + 22))


def _side(paper: Paper, sheet: Sheet, box: QRectF) -> None:
    """Against the goals, technology nobody planned, the longest gaps."""
    y = box.top() + paper.heading(box.topLeft(), box.width(), _tr("The largest differences"))
    y = _differences(paper, sheet, QRectF(box.left(), y, box.width(), box.bottom() - y))
    for title, lines in (
        (_tr("Technology nobody planned"), sheet.technology),
        (_tr("Not filled"), sheet.gaps),
    ):
        y += 90
        if box.bottom() - y < 330 or not lines:
            continue
        y += paper.heading(QPointF(box.left(), y), box.width(), title)
        for text in lines:
            y += paper.wrapped(QRectF(box.left(), y, box.width(), box.bottom() - y), text, 90) + 12


def report_lines(sheet: Sheet) -> list[str]:
    """What is said of the goals beside the largest differences: that there are none, and which goals that were met
    count for a part of the days only."""
    found = sheet.report
    if not found.standings:
        return [_tr("No goal counted in these days.")]
    lines = [] if found.differences else [all_met(found.standings, found.over)]
    for one in found.standings:
        if not one.miss and counted(one):
            what, _ = difference(one, sheet.tree.label(one.goal.category))
            lines.append(f"{what}, {aimed(one)}, {counted(one)}")
    return lines


def _differences(paper: Paper, sheet: Sheet, box: QRectF) -> float:
    y, found = box.top(), sheet.report
    lines = report_lines(sheet)
    if not found.differences:
        for i, text in enumerate(lines[:4]):
            room = QRectF(box.left(), y, box.width(), max(0.0, min(400.0, box.bottom() - y)))
            y += paper.wrapped(room, text, 84 if i else 92, "muted" if i else "text") + 20
        return y - 20
    for one in found.differences:
        y += _difference(paper, sheet, QRectF(box.left(), y, box.width(), box.bottom() - y), one) + 40
    for text in lines[:2]:
        room = QRectF(box.left(), y, box.width(), max(0.0, box.bottom() - y))
        y += paper.wrapped(room, text, 84, "muted") + 40
    return y - 40


def _difference(paper: Paper, sheet: Sheet, box: QRectF, one: Standing) -> float:
    paper.swatch(QRectF(box.left(), box.top() + 4, 170, 108), one.goal.category)
    left = box.left() + 230
    what, how = difference(one, sheet.tree.label(one.goal.category))
    y = box.top()
    for text, size, token, strong in (
        (f"{what}, {how}", 94, "text", True),
        (", ".join(part for part in (aimed(one), counted(one)) if part), 84, "muted", False),
    ):
        room = QRectF(left, y, box.right() - left, max(0.0, box.bottom() - y))
        y += paper.wrapped(room, text, size, token, strong)
    return y - box.top()


def _heat(paper: Paper, sheet: Sheet, left: float, width: float, bottom: float) -> float:
    """The heat map, standing on ``bottom``; returns where it begins."""
    days, hours, cells = cells_of(sheet.heat, sheet.twelve)
    head = 120.0
    top = bottom - 190 - head - HEAT_ROW * len(days)
    title = _tr("{name}: minutes of each hour, by weekday").replace("{name}", sheet.heat_name)
    y = top + paper.heading(QPointF(left, top), width, title)
    side = 240.0
    wide = (width - side) / len(hours)
    middle = Qt.AlignmentFlag.AlignHCenter
    for i, hour in enumerate(hours):
        box = QRectF(left + side + i * wide, y - 20, wide, head)
        paper.words(box, hour, 74, "muted", False, middle)
    y += head - 20
    shade = shades(paper.color("accent"), paper.color("surface"), paper.color("text"), QColor("white"))
    for day, row in zip(days, cells, strict=True):
        paper.words(QRectF(left, y, side, HEAT_ROW), day, 84, "muted")
        for i, cell in enumerate(row):
            box = QRectF(left + side + i * wide + 5, y + 5, wide - 10, HEAT_ROW - 10)
            _heat_cell(paper, shade, box, cell.value, cell.number)
        y += HEAT_ROW
    return top


def _heat_cell(paper: Paper, shade: Shades, box: QRectF, value: float | None, number: str) -> None:
    painter = paper.painter
    painter.setPen(Qt.PenStyle.NoPen)
    step = step_of(value or 0.0)
    if value is None:
        painter.setBrush(QBrush(paper.color("border_strong"), Qt.BrushStyle.BDiagPattern))
    else:
        painter.setBrush(shade.grounds[step - 1] if step else paper.color("sunk"))
    painter.drawRoundedRect(box, 18, 18)
    if step:
        painter.setFont(paper.font(76))
        painter.setPen(shade.inks[step - 1])
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number)


def _decision(paper: Paper, sheet: Sheet, box: QRectF) -> float:
    """The one decision, or a line to write it on; returns where it begins."""
    painter = paper.painter
    painter.setPen(QPen(paper.color("accent_line"), 10))
    painter.setBrush(paper.color("accent_soft") if sheet.decision else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 60, 60)
    inner = box.adjusted(170, 60, -170, -60)
    paper.words(
        QRectF(inner.left(), inner.top(), inner.width(), 120), _tr("One decision"), 86, "accent", True
    )
    line = QRectF(inner.left(), inner.top() + 125, inner.width(), 170)
    if sheet.decision:
        paper.words(line, sheet.decision, 140, "text", True)
        below = QRectF(inner.left(), line.bottom(), inner.width(), inner.bottom() - line.bottom())
        paper.words(below, sheet.detail, 88, "muted")
    else:
        painter.setPen(QPen(paper.color("border_strong"), 6, Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(line.left(), line.bottom() + 60, line.right(), line.bottom() + 60))
    return box.top()


def _foot(paper: Paper, box: QRectF) -> float:
    """A quiet line at the very end; returns where it begins."""
    text = _tr("From your own record in {program}. Hours are those of the local clock.")
    paper.words(box, text.replace("{program}", APP_NAME), 74, "muted")
    return box.top()
