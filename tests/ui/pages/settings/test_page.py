"""The Settings page as a whole: kept at once, read again without disturbing anybody, all by keyboard."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from companion.desk import Desk
from companion.ui.keys import Keys
from companion.ui.pages.settings.page import SettingsPage
from companion.ui.theme.theme import Theme

HOSTILE = (
    "<b>bold</b>",
    "=1+1",
    "'; DROP TABLE settings",
    "نص عربي",
    "🎉👩‍👩‍👧",
    "a\0b",
    "{agent} {company} {{",
    "x" * 100_000,
)


def controls(page: SettingsPage) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit, QComboBox, QSpinBox, QTimeEdit)
    return [
        w
        for w in page.findChildren(QWidget)
        if isinstance(w, kinds) and w.objectName() != "qt_spinbox_lineedit"
    ]


def test_the_page_and_every_control_in_it_has_a_name(page: SettingsPage) -> None:
    assert page.accessibleName() == "Settings"
    found = controls(page)
    assert len(found) > 60
    assert [w for w in found if not w.accessibleName()] == []


def test_no_two_controls_have_the_same_name(page: SettingsPage) -> None:
    names = [w.accessibleName() for w in controls(page) if not isinstance(w.parent(), QComboBox)]
    names = [name for name in names if name != "Dismiss"]
    assert len(names) == len(set(names))


def test_a_name_is_kept_while_it_is_typed_and_the_greeting_shows_it(
    qtbot: QtBot, page: SettingsPage, desk: Desk
) -> None:
    assert (
        page.identity.preview.text()
        == "Good morning, ‹company?›, this is ‹agent?›. How can I help you today?"
    )
    page.identity.agent.edit.setFocus()
    qtbot.keyClicks(page.identity.agent.edit, "Jo")
    assert "this is Jo." in page.identity.preview.text()
    qtbot.waitUntil(lambda: desk.prefs.agent == "Jo")
    assert page.identity.agent.edit.hasFocus()


def test_leaving_a_field_keeps_it_at_once(qtbot: QtBot, page: SettingsPage, desk: Desk) -> None:
    page.identity.company.edit.setFocus()
    qtbot.keyClicks(page.identity.company.edit, "Field & Sons")
    qtbot.keyClick(page.identity.company.edit, Qt.Key.Key_Tab)
    assert desk.prefs.company == "Field & Sons"


def test_hiding_the_page_keeps_what_was_just_typed(qtbot: QtBot, page: SettingsPage, desk: Desk) -> None:
    page.identity.agent.edit.setFocus()
    qtbot.keyClicks(page.identity.agent.edit, "Ann")
    page.hide()
    assert desk.prefs.agent == "Ann"


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_taken_and_shown_as_text(qtbot: QtBot, page: SettingsPage, desk: Desk, text: str) -> None:
    page.identity.agent.edit.setText(text)
    page.identity.company.edit.setText(text)
    page.calls.country.setEditText(text)
    page.flush()
    assert desk.prefs.agent == page.identity.agent.edit.text()
    assert desk.prefs.agent.startswith(text[:1])
    assert desk.prefs.region == ""
    page.grab()
    rich = [w for w in page.findChildren(QLabel) if w.textFormat() != Qt.TextFormat.PlainText and w.text()]
    assert rich == []


def test_a_change_from_elsewhere_is_shown(page: SettingsPage, desk: Desk) -> None:
    page.opening.copy_button.setFocus()
    desk.prefs.set("agent", "Mia")
    desk.prefs.set("usual_s", 425)
    desk.prefs.set("theme", "dark")
    desk.prefs.set("on_top", False)
    desk.prefs.set("region", "fr")
    assert page.identity.agent.edit.text() == "Mia"
    assert page.calls.length.text() == "7:05"
    assert page.looks.themes.checkedButton().text() == "Dark"
    assert not page.strip.on_top.isChecked()
    assert page.calls.country.currentText() == "France (FR)"


def test_a_change_from_elsewhere_leaves_the_field_being_edited_alone(
    qtbot: QtBot, page: SettingsPage, desk: Desk
) -> None:
    edit = page.identity.agent.edit
    edit.setFocus()
    qtbot.keyClicks(edit, "Joan")
    edit.setCursorPosition(2)
    desk.prefs.set("agent", "Somebody else")
    desk.prefs.set("company", "Field")
    assert (edit.text(), edit.cursorPosition(), edit.hasFocus()) == ("Joan", 2, True)
    assert page.identity.company.edit.text() == "Field"


def test_a_field_that_nobody_typed_in_shows_the_news_when_it_is_left(
    qtbot: QtBot, page: SettingsPage, desk: Desk
) -> None:
    edit = page.identity.agent.edit
    edit.setFocus()
    desk.prefs.set("agent", "News")
    assert edit.text() == ""
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert (edit.text(), desk.prefs.agent) == ("News", "News")


def test_a_refused_write_keeps_what_was_typed_and_can_be_tried_again(
    qtbot: QtBot, page: SettingsPage, desk: Desk
) -> None:
    desk.store.connection.execute("PRAGMA query_only = ON")
    edit = page.identity.agent.edit
    edit.setFocus()
    qtbot.keyClicks(edit, "Kept")
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert page.trouble.isVisible()
    assert page.trouble.accessibleName() == "Error"
    page.refresh()
    assert edit.text() == "Kept"
    qtbot.mouseClick(page.trouble.buttons[0], Qt.MouseButton.LeftButton)
    assert page.trouble.isVisible()
    desk.store.connection.execute("PRAGMA query_only = OFF")
    qtbot.mouseClick(page.trouble.buttons[0], Qt.MouseButton.LeftButton)
    assert not page.trouble.isVisible()
    assert desk.prefs.agent == "Kept"


def test_tab_goes_through_the_whole_page_and_back_to_its_beginning(qtbot: QtBot, page: SettingsPage) -> None:
    page.identity.agent.edit.setFocus()
    seen: list[str] = []
    for _ in range(90):
        focus = QApplication.focusWidget()
        assert focus is not None
        if seen and focus.accessibleName() == seen[0]:
            break
        if focus.accessibleName() not in seen[-1:]:  # a time has two stops, hour and minute
            seen.append(focus.accessibleName())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert seen[:3] == ["Your name", "Company", "Monday open"]
    assert seen[-1].startswith("Key for ")  # the button after it is grey while no key was changed
    assert len(seen) == len(set(seen))
    assert "Third nudge" in seen and "Spelling alphabet" in seen
    assert sum(name.startswith("Key for ") for name in seen) == 1


def test_the_wheel_over_an_editor_changes_nothing(page: SettingsPage, desk: Desk) -> None:
    for editor in (page.calls.length, page.calls.nudges[0], page.opening.rows[0].start, page.calls.alphabet):
        before = editor.property("text") or editor.property("currentText")
        editor.setFocus()
        at = QPointF(5, 5)
        wheel = QWheelEvent(
            *(at, editor.mapToGlobal(at), QPoint(0, -120), QPoint(0, -120)),
            *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(editor, wheel)
        assert (editor.property("text") or editor.property("currentText")) == before
    page.flush()
    assert desk.settings.all() == {}


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_wider_than_its_place_and_no_text_is_cut(
    qtbot: QtBot, qapp: QApplication, page: SettingsPage, theme: Theme, scale: float
) -> None:
    theme.apply(qapp, "light", scale)
    page.resize(round(640 * scale), round(600 * scale))
    qtbot.waitUntil(lambda: page.area.widget().width() <= page.area.viewport().width())
    for widget in page.area.widget().findChildren(QWidget):
        if not widget.isVisible() or widget.objectName().startswith("qt_"):
            continue
        assert widget.width() >= widget.minimumSizeHint().width(), widget
        if isinstance(widget, QLabel) and widget.text():
            wanted = (
                widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
            )
            assert widget.height() >= wanted, widget.text()
            assert widget.wordWrap() or widget.width() >= widget.sizeHint().width(), widget.text()
    for row in page.keys.list.rows:
        assert row.height() >= row.heightForWidth(row.width())
    for editor in (page.calls.length, *page.calls.nudges, page.opening.rows[0].end):
        line = editor.lineEdit()
        assert line.width() >= line.fontMetrics().horizontalAdvance(line.text())


def test_a_page_that_is_gone_hears_nothing_more(qtbot: QtBot, desk: Desk, theme: Theme) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    SettingsPage(desk, theme, Keys(), parent)
    listening = len(desk.store._subscribers)
    with qtbot.waitSignal(parent.destroyed):
        parent.deleteLater()
    assert len(desk.store._subscribers) == listening - 1
    desk.prefs.set("agent", "Nobody listens")


def test_at_twice_the_text_size_no_section_is_wider_than_a_window_of_the_usual_size(
    qtbot: QtBot, desk: Desk, theme: Theme, qapp: QApplication
) -> None:
    theme.apply(qapp, "light", 2.0)
    page = SettingsPage(desk, theme, Keys())
    qtbot.addWidget(page)
    room = 1180 - theme.px(68 + 16 + 40 + 40) - 24  # the rail, the edges of window and column, the scroll bar
    assert [type(s).__name__ for s in page.sections if s.minimumSizeHint().width() > room] == []
