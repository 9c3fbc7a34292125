"""The one style sheet of the application, built from tokens and scale. Short: every start pays."""

import re

from companion.resources import resource
from companion.ui.theme.tokens import Tokens

# $name is a token, 12px a length at 100 %, 1fx a length that stays. Widgets say what they are by the
# property "kind". Labels take fonts here; what draws itself asks the theme.
_SHEET = """
QToolTip { background: $text; color: $window; border: 1fx solid $text; padding: 4px 6px; }
QFrame[kind="card"] { background: $surface; border: 1fx solid $border; border-radius: 12px; }
QFrame[kind="now"] { background: $surface; border: 1fx solid $accent_line; border-radius: 12px; }
QFrame[kind="bar"] { background: $surface; border: none; border-bottom: 1fx solid $border; }
QFrame[kind="rail"] { background: $rail; border: none; border-right: 1fx solid $border; }
QFrame[kind="line"] { background: $border; border: none; max-height: 1fx; }
QFrame[kind="notice-info"] { background: $accent_soft; border: 1fx solid $accent_line; border-radius: 10px; }
QFrame[kind="notice-warn"] { background: $warn_soft; border: 1fx solid $warn; border-radius: 10px; }
QFrame[kind="notice-error"] { background: $error_soft; border: 1fx solid $error; border-radius: 10px; }
QLabel { background: transparent; }
QLabel[kind="caps"] { color: $muted; font-size: 12px; font-weight: 600; }
QLabel[kind="title"] { font-size: 18px; font-weight: 600; }
QLabel[kind="strong"] { font-weight: 600; }
QLabel[kind="muted"] { color: $muted; }
QLabel[kind="hint"] { color: $muted; font-size: 13px; }
QLabel[kind="warn"] { color: $warn; }
QLabel[kind="error"] { color: $error; }
QPushButton { background: $surface; color: $text; border: 1fx solid $border_strong; border-radius: 8px;
  padding: 6px 14px; min-height: 22px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $border; }
QPushButton:disabled { color: $disabled; border-color: $border; background: transparent; }
QPushButton:focus { border: 2fx solid $accent; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent;
  font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2fx solid $text; }
QPushButton[kind="primary"]:disabled { color: $disabled; border-color: $border; background: transparent; }
QPushButton[kind="danger"] { color: $error; border-color: $error; }
QPushButton[kind="danger"]:hover { background: $error_soft; }
QPushButton[kind="danger"]:focus { border: 2fx solid $accent; }
QPushButton[kind="plain"] { background: transparent; border-color: transparent; }
QPushButton[kind="plain"]:hover { background: $hover; }
QPushButton[kind="plain"]:focus { border: 2fx solid $accent; }
QPushButton[kind="drawn"] { min-height: 0; padding: 0; border: none; background: transparent; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox, QTimeEdit, QDateEdit,
QDateTimeEdit {
  background: $surface; color: $text; border: 1fx solid $border_strong; border-radius: 8px; padding: 6px 9px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: 2fx solid $accent; padding: $inner; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: 22px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $disabled; border-color: $border; }
QLineEdit, QPlainTextEdit { placeholder-text-color: $muted; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit, QComboBox QLineEdit:focus {
  background: transparent; border: none; border-radius: 0; padding: 0; min-height: 0; }
QLineEdit[kind="readout"], QTextEdit[kind="readout"] { background: transparent; border: none; padding: 0;
  border-radius: 0; min-height: 0; }
*[tone="muted"] { color: $muted; }
*[tone="accent"] { color: $accent; }
*[tone="warn"] { color: $warn; }
*[tone="error"] { color: $error; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url($chevron); width: 14px; height: 14px; }
QAbstractSpinBox { padding-right: 24px; }
QAbstractSpinBox > QLineEdit { border: none; border-radius: 0; margin-left: 8px; padding: 0; min-height: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 22px; }
QAbstractSpinBox::up-arrow { image: url($chevron_up); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url($chevron); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $surface; border: 1fx solid $border_strong; outline: none;
  selection-background-color: $accent; selection-color: $on_accent; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px; border: 1fx solid $border_strong;
  border-radius: 4px; background: $surface; }
QRadioButton::indicator { border-radius: $radio; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($tick); }
QRadioButton::indicator:checked { width: $dot; height: $dot; border: 5px solid $accent; }
QCheckBox:focus, QRadioButton:focus { color: $accent; text-decoration: underline; }
QScrollArea, QScrollArea > QWidget > QWidget[kind="page"] { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $border_strong; border-radius: 3px; margin: 3px; min-height: 24px;
  min-width: 24px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: $surface; border: 1fx solid $border_strong; padding: 4px; }
QMenu::item { padding: 6px 18px; border-radius: 6px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1fx; background: $border; margin: 4px 8px; }
"""


def build(tokens: Tokens, scale: float, dark: bool) -> str:
    """The style sheet for these tokens at this scale."""
    shade = "dark" if dark else "light"
    values = tokens._asdict()
    for name in ("chevron", "chevron_up", "tick"):
        values[name] = resource("themes", f"{name}-{shade}.svg").as_posix()
    # The ring of the focus is a pixel thicker than the line: the padding gives that pixel back.
    values["inner"] = f"{round(6 * scale) - 1}px {round(9 * scale) - 1}px"
    # Round and equally large whether checked or not, at every scale.
    side = round(16 * scale)
    values["radio"] = f"{side // 2 + 1}px"
    values["dot"] = f"{side + 2 - 2 * round(5 * scale)}px"
    sheet = re.sub(r"(\d+)(px|fx)", lambda found: _length(int(found[1]), found[2], scale), _SHEET)
    return re.sub(r"\$([a-z_]+)", lambda found: values[found[1]], sheet)


def _length(pixels: int, unit: str, scale: float) -> str:
    return f"{round(pixels * scale) if unit == 'px' else pixels}px"
