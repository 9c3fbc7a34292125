"""The data folder of this user, found without loading what the window needs."""

from __future__ import annotations

import os
import sys

from companion import APP_ID


def data_folder(named: str | None) -> str:
    """The folder named on the command line, made absolute, or the platform's."""
    if named:
        return os.path.abspath(os.path.expanduser(named))
    if sys.platform == "linux":  # what platformdirs says there, at a fortieth of its time
        base = os.environ.get("XDG_DATA_HOME", "").strip()
        if not os.path.isabs(base):
            base = os.path.expanduser("~/.local/share")
        return os.path.abspath(os.path.join(base, APP_ID))
    from platformdirs import user_data_dir

    return os.path.abspath(user_data_dir(APP_ID, appauthor=False))
