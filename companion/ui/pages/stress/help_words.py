"""The words of the help page: its purpose, the ABC in six lines (abc.model, abc.challenge), readers, keys."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

USES = {
    "all": QT_TRANSLATE_NOOP("StressHelp", "all emergencies"),
    "police": QT_TRANSLATE_NOOP("StressHelp", "police"),
    "ambulance": QT_TRANSLATE_NOOP("StressHelp", "ambulance"),
    "fire": QT_TRANSLATE_NOOP("StressHelp", "fire"),
    "rescue": QT_TRANSLATE_NOOP("StressHelp", "ambulance and fire"),
}
PURPOSE = (
    QT_TRANSLATE_NOOP("StressHelp", "For your own reflection on stress at work, written by you and for you."),
    QT_TRANSLATE_NOOP(
        "StressHelp", "It is no medical device. It makes no diagnosis, gives no score and treats nothing."
    ),
    QT_TRANSLATE_NOOP(
        "StressHelp",
        "When it gets too much, or stays too much, talk to somebody: a person you trust, a doctor.",
    ),
)
ABC = (
    QT_TRANSLATE_NOOP("StressHelp", "A, the event: what happened, as a camera would have seen it."),
    QT_TRANSLATE_NOOP("StressHelp", "B, the belief: what you told yourself about it."),
    QT_TRANSLATE_NOOP("StressHelp", "C, the consequences: what you felt, how strongly, and what you did."),
    QT_TRANSLATE_NOOP("StressHelp", "Six questions look at the belief. Say yes or no, or skip them."),
    QT_TRANSLATE_NOOP(
        "StressHelp", "Then a belief that fits better; or, when it is accurate, what you can do about it."
    ),
    QT_TRANSLATE_NOOP("StressHelp", "Last, one thing to do, and how strong the stress is now."),
)
READERS = (
    QT_TRANSLATE_NOOP(
        "StressHelp",
        "You, with your passphrase or your recovery code. Without both nobody can open it, and nobody can help.",
    ),
    QT_TRANSLATE_NOOP(
        "StressHelp",
        "Not a colleague with this computer in hand, and not who finds the file or a backup: it is encrypted.",
    ),
    QT_TRANSLATE_NOOP(
        "StressHelp",
        "Without a passphrase the key lies in the system's keyring. That helps against who has the file alone, "
        "not against who is signed in as you.",
    ),
    QT_TRANSLATE_NOOP(
        "StressHelp",
        "While it is open: whoever sees the screen, and any program that runs under your name. "
        "Lock it with L; a call that comes in and time away lock it too.",
    ),
    QT_TRANSLATE_NOOP(
        "StressHelp",
        "Not in the journal, so not hidden: your contacts, your breathing pattern, your own responses and the "
        "breaks you plan. They have to be there while it is locked.",
    ),
)
KEYS = (
    (
        QT_TRANSLATE_NOOP("StressHelp", "N"),
        QT_TRANSLATE_NOOP("StressHelp", "New check; then 0 to 9 for the stress"),
    ),
    (QT_TRANSLATE_NOOP("StressHelp", "E"), QT_TRANSLATE_NOOP("StressHelp", "New entry")),
    (QT_TRANSLATE_NOOP("StressHelp", "B"), QT_TRANSLATE_NOOP("StressHelp", "Breathe, at once")),
    (QT_TRANSLATE_NOOP("StressHelp", "L"), QT_TRANSLATE_NOOP("StressHelp", "Lock the journal, or unlock it")),
    (
        QT_TRANSLATE_NOOP("StressHelp", "1 to 6"),
        QT_TRANSLATE_NOOP("StressHelp", "The tabs; on Breathing 1 to 5 choose a pattern"),
    ),
    (
        QT_TRANSLATE_NOOP("StressHelp", "Space"),
        QT_TRANSLATE_NOOP(
            "StressHelp", "On Breathing: start. + and - longer and shorter, M without movement"
        ),
    ),
    (
        QT_TRANSLATE_NOOP("StressHelp", "Esc"),
        QT_TRANSLATE_NOOP("StressHelp", "One step back; stops breathing"),
    ),
)


def told(text: str) -> str:
    """A line of these in the user's language."""
    return QCoreApplication.translate("StressHelp", text)
