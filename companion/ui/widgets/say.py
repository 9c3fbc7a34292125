"""Words for who listens instead of looking: said once by a screen reader, wherever the keyboard is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from companion.ui.widgets.text import one_line

MOST = 600
"""Characters that are said at once; who wants more can read it where it stands."""


class _Voice(QObject):
    said = Signal(str)


voice = _Voice()
"""``said`` carries all that is said, whether a reader listens or not."""


def listening() -> bool:
    """Whether a screen reader, or another assistive tool, is at work."""
    from PySide6.QtGui import QAccessible  # not before: its types cost a start some milliseconds

    return QAccessible.isActive()


def say(widget: QWidget, words: str, urgent: bool = False) -> None:
    """Has a screen reader say ``words``, as news of ``widget``; ``urgent`` breaks into what it is saying.

    For what changes away from the keyboard's place. What a field is told about itself belongs into its accessible
    description: that is read again whenever one comes back to it. Words are plain text, on one line. Nothing that
    somebody wrote into the journal may be said.
    """
    words = one_line(words, MOST)
    if not words:
        return
    voice.said.emit(words)
    if not listening():
        return
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    source = (
        widget if widget.isVisible() else QApplication.activeWindow() or widget
    )  # readers pass over the unseen
    news = QAccessibleAnnouncementEvent(source, words)
    if urgent:
        news.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(news)
