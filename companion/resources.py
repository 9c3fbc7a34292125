"""The one way to a shipped file: in a checkout, in an installed wheel and in a built bundle."""

import sys
from pathlib import Path


def _root() -> Path:
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle:
        return Path(bundle) / "resources"
    package = Path(__file__).resolve().parent
    installed = package / "_resources"  # where the wheel puts the folder
    return installed if installed.is_dir() else package.parent / "resources"


ROOT = _root()


def resource(*parts: str) -> Path:
    """Path of a shipped file or folder below ``resources/``; it is not checked to exist."""
    return ROOT.joinpath(*parts)
