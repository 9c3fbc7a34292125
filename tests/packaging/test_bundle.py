"""The executable's recipe: what is left out, which libraries stay, licences, and the check's eye for traces."""

import marshal
import struct
import sys
import zlib
from importlib import metadata
from pathlib import Path

import pytest
from bundle import contents, leave_out, libraries, licenses

LIB = "PySide6/Qt/lib/"
PLUGINS = "PySide6/Qt/plugins/"


# ---- what is left out


@pytest.mark.parametrize(
    "path",
    [
        PLUGINS + "platforms/libqeglfs.so",
        PLUGINS + "platforms/libqminimal.so",
        PLUGINS + "platformthemes/libqgtk3.so",
        PLUGINS + "tls/libqopensslbackend.so",
        PLUGINS + "xcbglintegrations/libqxcb-glx-integration.so",
        PLUGINS + "imageformats/libqtiff.so",
        "PySide6\\plugins\\imageformats\\qtiff.dll",
        "PySide6\\plugins\\platforms\\qdirect2d.dll",
        "PySide6\\opengl32sw.dll",
        "PySide6/Qt/translations/qtbase_de.qm",
        "python3.11/lib-dynload/_codecs_jp.cpython-311-x86_64-linux-gnu.so",
        "click-8.5.1.dist-info/METADATA",
        "tzdata/zones",
    ],
)
def test_left_out(path: str) -> None:
    assert leave_out.is_left_out(path)


@pytest.mark.parametrize(
    "path",
    [
        PLUGINS + "platforms/libqxcb.so",
        PLUGINS + "platforms/libqwayland.so",
        PLUGINS + "platforms/libqoffscreen.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        PLUGINS + "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
        PLUGINS + "wayland-shell-integration/libxdg-shell.so",
        PLUGINS + "iconengines/libqsvgicon.so",
        PLUGINS + "imageformats/libqsvg.so",
        LIB + "libQt6DBus.so.6",
        "resources/playbooks/en/open.toml",
        "tzdata/zoneinfo/Europe/Berlin",
        "python3.11/lib-dynload/_sqlite3.cpython-311-x86_64-linux-gnu.so",
    ],
)
def test_kept(path: str) -> None:
    assert not leave_out.is_left_out(path)


def test_no_module_of_the_program_is_left_out() -> None:
    names = leave_out.modules()
    wanted = [
        "companion.app.line",
        "sqlite3",
        "sqlite_utils.db",
        "phonenumbers",
        "zoneinfo",
        "socket",
        "hashlib",
    ]
    assert not [name for name in wanted if leave_out.is_module_left_out(name, names)]
    assert leave_out.is_module_left_out("asyncio.events", names)
    assert leave_out.is_module_left_out("encodings.gb18030", names)
    assert not leave_out.is_module_left_out("encodings.utf_8", names)


def test_ctypes_is_there_where_it_is_used() -> None:
    assert "ctypes" not in leave_out.modules("win32")
    assert "ctypes" in leave_out.modules("linux")


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_the_journal_finds_what_it_needs(platform: str) -> None:
    names = leave_out.modules(platform)
    wanted = ["nacl.bindings", "nacl._sodium", "_cffi_backend", "PySide6.QtPrintSupport", "getpass", "csv"]
    wanted += {
        "linux": [
            "jeepney.io.blocking",
            "PySide6.QtDBus",
            "termios",
        ],  # without termios a passphrase would be seen
        "win32": ["keyring.backends.Windows", "importlib.metadata", "email.message", "ctypes.wintypes"],
        "darwin": ["keyring.backends.macOS", "importlib.metadata", "email.message", "ctypes.util"],
    }[platform]
    assert not [name for name in wanted if leave_out.is_module_left_out(name, names)]
    assert leave_out.is_module_left_out("keyring.backends", names) == (platform == "linux")


# ---- libraries


def test_only_needed_libraries_stay() -> None:
    entries = [
        ("python3.11/lib-dynload/_sqlite3.so", "/py/_sqlite3.so", "EXTENSION"),
        (PLUGINS + "platforms/libqxcb.so", "/qt/libqxcb.so", "BINARY"),
        (LIB + "libQt6Gui.so.6", "/qt/libQt6Gui.so.6", "BINARY"),
        ("libQt6Gui.so.6", LIB + "libQt6Gui.so.6", "SYMLINK"),
        (LIB + "libQt6Quick.so.6", "/qt/libQt6Quick.so.6", "BINARY"),
        ("libQt6Quick.so.6", LIB + "libQt6Quick.so.6", "SYMLINK"),
        ("libsqlite3.so.0", "/usr/lib/libsqlite3.so.0", "BINARY"),
        ("libglib-2.0.so.0", "/usr/lib/libglib-2.0.so.0", "BINARY"),
        ("libgtk-3.so.0", "/usr/lib/libgtk-3.so.0", "BINARY"),
        ("libpython3.11.so.1.0", "/py/libpython3.11.so.1.0", "BINARY"),
        (PLUGINS + "printsupport/libcupsprintersupport.so", "/qt/libcupsprintersupport.so", "BINARY"),
        ("libcups.so.2", "/usr/lib/libcups.so.2", "BINARY"),
        ("libgnutls.so.30", "/usr/lib/libgnutls.so.30", "BINARY"),
        ("libstdc++.so.6", "/usr/lib/libstdc++.so.6", "BINARY"),
        ("libX11.so.6", "/usr/lib/libX11.so.6", "BINARY"),
    ]
    needs = {
        "/py/_sqlite3.so": ["libsqlite3.so.0", "libc.so.6"],
        "/qt/libqxcb.so": ["libQt6Gui.so.6", "libX11.so.6", "libstdc++.so.6"],
        "/qt/libcupsprintersupport.so": ["libcups.so.2"],
        "/usr/lib/libcups.so.2": ["libgnutls.so.30"],
        "/qt/libQt6Gui.so.6": ["libglib-2.0.so.0"],
        "/qt/libQt6Quick.so.6": ["libQt6Gui.so.6"],
        "/usr/lib/libgtk-3.so.0": ["libglib-2.0.so.0"],
    }
    kept = libraries.needed(entries, lambda file: needs.get(file, []))
    gone = {entry[0] for entry in entries} - {entry[0] for entry in kept}
    unneeded = {LIB + "libQt6Quick.so.6", "libQt6Quick.so.6", "libgtk-3.so.0"}
    # What every screen and every printer brings along by itself, and what only that needs.
    assert gone == unneeded | {"libcups.so.2", "libgnutls.so.30", "libstdc++.so.6", "libX11.so.6"}


def test_needs_that_go_in_a_circle() -> None:
    assert libraries.reached(["a"], {"a": ["b"], "b": ["c", "a"], "d": ["e"]}) == {"a", "b", "c"}


@pytest.mark.skipif(sys.platform != "linux", reason="reads the files of Linux")
def test_needs_of_a_real_library_and_of_a_text(tmp_path: Path) -> None:
    import PySide6

    gui = next((Path(PySide6.__file__).parent / "Qt" / "lib").glob("libQt6Gui.so.6"))
    assert "libQt6Core.so.6" in libraries.needs_of(str(gui))
    text = tmp_path / "text"
    text.write_text("NEEDED libQt6Core.so.6", "utf-8")
    assert libraries.needs_of(str(text)) == frozenset()


# ---- licences


def test_a_distribution_brings_its_own_text() -> None:
    (text,) = licenses.texts_of(metadata.distribution("sqlite-utils"))
    assert "Apache License" in text.read_text("utf-8")


def test_where_a_distribution_has_none_ours_is_taken() -> None:
    texts = licenses.texts_of(metadata.distribution("PySide6_Essentials"))
    assert [text.name for text in texts] == ["pyside6-essentials.txt"]


def test_a_part_without_a_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(licenses.NoLicense, match=r"pyside6-essentials.*packaging/licenses"):
        licenses.texts_of(metadata.distribution("PySide6_Essentials"), kept=tmp_path)
    with pytest.raises(licenses.NoLicense, match="libfoo1"):
        licenses.debian_parts({"libfoo1": "1.0"}, doc=tmp_path)
    (tmp_path / "empty.txt").touch()
    with pytest.raises(licenses.NoLicense, match="thing"):
        licenses.write([licenses.Part("thing", "1", (tmp_path / "empty.txt",))], tmp_path / "licenses")


def test_the_distribution_of_a_file_is_found() -> None:
    import click.core

    found = licenses.bundled_distributions([click.core.__file__], "pluggy")
    assert [each.metadata["Name"] for each in found] == ["click", "pluggy"]


def test_what_is_written_passes_the_check_and_a_missing_text_does_not(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    parts = [
        *licenses.fixed_parts(root),
        *licenses.distribution_parts(licenses.bundled_distributions([], "click", "PySide6_Essentials")),
    ]
    licenses.write(parts, tmp_path / "licenses")
    needed = "call-companion python qt-parts sqlite inter-font LGPL-3.0 GPL-3.0 click pyside6-essentials"
    assert contents.missing_licenses(tmp_path, needed) == []
    (tmp_path / "licenses" / "click.txt").unlink()
    (tmp_path / "licenses" / "stray.txt").write_text("?", "utf-8")
    assert contents.missing_licenses(tmp_path, needed + " pluggy") == [
        "licenses/click.txt is missing or empty",
        "licenses/pluggy.txt is missing or empty",
        "licenses/stray.txt is not in the index",
    ]


# ---- what the check sees


def packed(modules: dict[str, bytes]) -> bytes:
    """A start program with these modules in it, as PyInstaller appends them."""
    body, toc = b"", []
    for name, code in modules.items():
        squeezed = zlib.compress(code)
        toc.append((name, (0, 17 + len(body), len(squeezed))))
        body += squeezed
    archive = b"PYZ\0" + b"magi" + struct.pack("!I", 17 + len(body)) + b"\0" * 5 + body + marshal.dumps(toc)
    name = b"PYZ.pyz\0"
    entry = struct.pack("!IIIIBc", 18 + len(name), 0, len(archive), len(archive), 0, b"z") + name
    length = len(archive) + len(entry) + 88
    cookie = struct.pack(
        "!8sIIII64s", b"MEI\x0c\x0b\x0a\x0b\x0e", length, len(archive), len(entry), 311, b"libpython"
    )
    return b"\x7fELF starter" + archive + entry + cookie


def test_traces_of_the_building_machine_are_found(tmp_path: Path) -> None:
    program = tmp_path / "companion"
    program.write_bytes(packed({"good": b"companion/desk.py", "bad": b"/builds/checkout/companion/desk.py"}))
    (tmp_path / "notes.txt").write_text("made in /builds/checkout by hand", "utf-8")
    (tmp_path / "library.so").write_bytes(b"\x7fELF /builds/checkout")
    assert contents.traces(tmp_path, program, ["/builds/checkout", "/"]) == [
        "notes.txt names /builds/checkout",
        "module bad names /builds/checkout",
    ]


def test_a_program_with_nothing_in_it_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing is packed"):
        list(contents.modules(b"\x7fELF"))


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of Linux and macOS")
def test_modes_and_links_that_are_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "companion"
    (folder / "lib").mkdir(parents=True)
    modes = {"good": 0o644, "program": 0o755, "open": 0o666, "closed": 0o600}
    for name, mode in modes.items():
        (folder / name).touch()
        (folder / name).chmod(mode)
    (folder / "lib" / "inside").symlink_to("../good")
    (folder / "lib" / "outside").symlink_to(tmp_path)
    (folder / "lib" / "dead").symlink_to("nowhere")
    assert contents.wrong_modes(folder) == [
        "closed has the mode 0600",
        "open has the mode 0666",
        "lib/dead leads to nowhere",
        f"lib/outside leads to {tmp_path}",
    ]


def test_sizes_add_up(tmp_path: Path) -> None:
    for path, size in {
        "companion": 10,
        "_internal/PySide6/Qt/lib/libicudata.so.73": 70,
        "_internal/PySide6/Qt/plugins/platforms/libqxcb.so": 5,
        "_internal/libglib-2.0.so.0": 3,
        "licenses/INDEX.txt": 1,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"x" * size)
    expected = {
        "Qt: ICU": 70,
        "program": 10,
        "Qt: plugins": 5,
        "system libraries": 3,
        "licences": 1,
        "all": 89,
    }
    assert contents.sizes(tmp_path) == expected
