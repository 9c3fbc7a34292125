"""The data folder, found the quick way: the same as the thorough one finds."""

import os
from pathlib import Path

import pytest

from companion.cli.folder import data_folder
from companion.paths import paths_for


@pytest.mark.parametrize("base", [None, "", "  ", "/somewhere/data", "~/x"])
def test_the_same_folder_as_the_window_finds(monkeypatch: pytest.MonkeyPatch, base: str | None) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    if base is not None:
        monkeypatch.setenv("XDG_DATA_HOME", base)
    assert data_folder(None) == str(paths_for(None).root.absolute())


@pytest.mark.parametrize("name", ["data", "./data", "/a b/ü", "~/companion", "a/b/"])
def test_a_named_folder(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert data_folder(name) == str(paths_for(name).root)
    assert os.path.isabs(data_folder(name))
