"""Where things live. Made once, handed on; ``--data-dir`` moves all of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from companion import APP_ID


class DataFolderError(Exception):
    """The data folder cannot be used. The message says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one user, all below one folder."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "companion.db"

    @property
    def vault(self) -> Path:
        """The encrypted file of the stress journal."""
        return self.root / "journal.vault"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def playbooks(self) -> Path:
        return self.root / "playbooks"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def lock(self) -> Path:
        return self.root / "running.lock"

    @property
    def window(self) -> Path:
        """Size and place of the windows: state of this computer, not data."""
        return self.root / "window.json"

    def prepare(self) -> None:
        """Makes the folder, for its user alone. Raises DataFolderError when it cannot be used."""
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        except FileExistsError:
            raise DataFolderError(
                f"The data folder {self.root} is a file. Name a folder with --data-dir, or move that file away."
            ) from None
        except OSError as error:
            raise DataFolderError(
                f"The data folder {self.root} cannot be made ({error.strerror}). Name another with --data-dir."
            ) from error
        if not os.access(self.root, os.W_OK | os.X_OK):
            raise DataFolderError(
                f"The data folder {self.root} cannot be written to. "
                "Allow writing there, or name another with --data-dir."
            )
        if os.name == "posix" and self.root.stat().st_mode & 0o077 and self.root.stat().st_uid == os.getuid():
            self.root.chmod(0o700)


def default_paths() -> Paths:
    """The platform's data folder of this user."""
    from platformdirs import user_data_path

    return Paths(Path(user_data_path(APP_ID, appauthor=False)))


def paths_for(data_dir: str | None) -> Paths:
    """The folder named on the command line, made absolute, or the platform's."""
    return Paths(Path(data_dir).expanduser().absolute()) if data_dir else default_paths()
