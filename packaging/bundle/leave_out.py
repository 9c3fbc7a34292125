"""What the executable does without: modules that are never imported, plugins and files that are never used."""

import re
import sys
from collections.abc import Iterable

# Parts of the standard library and of dependencies that no path of the program reaches. A module that is imported
# only inside a ``try`` (the openssl half of hashlib, bz2 in shutil) is missed by nobody. Add to this list with care
# and run ``dev.py check`` after it.
_MODULES = """
    tkinter _tkinter turtle turtledemo idlelib curses _curses _curses_panel readline rlcompleter
    unittest doctest test pydoc pydoc_data pdb bdb cmd code codeop profile cProfile pstats trace timeit this antigravity
    ensurepip venv zipapp lib2to3 distutils setuptools pkg_resources _distutils_hack pip wheel
    asyncio _asyncio concurrent multiprocessing _multiprocessing _posixshmem socketserver
    email http xmlrpc ftplib imaplib poplib smtplib smtpd nntplib telnetlib mailbox mailcap wsgiref cgi cgitb webbrowser
    urllib.request urllib.response urllib.robotparser ssl _ssl _hashlib
    importlib.metadata
    lzma _lzma bz2 _bz2 tarfile
    xml.dom xml.sax xml.etree plistlib pickletools shelve dbm gdbm _dbm _gdbm
    _codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _multibytecodec
    encodings.idna encodings.punycode stringprep
    ossaudiodev audioop aifc sunau wave chunk colorsys imghdr sndhdr nis spwd crypt _crypt tty pty
    sqlite_utils.cli sqlite_utils.__main__ click.testing click.shell_completion click._termui_impl
    dateutil.rrule dateutil.easter dateutil.zoneinfo packaging IPython numpy pysqlite3 sqlean
    PySide6.QtOpenGL cffi pycparser
"""

# Left out on Linux alone: nobody there draws identifiers from the network card, and what a keyring elsewhere is
# reached with stays away.
_LINUX = "ctypes _uuid keyring importlib_metadata jaraco"

# What the keyring of Windows and macOS needs of the standard library, to look up by name what it is made of.
_KEYRING = "importlib.metadata email urllib.request urllib.response http"

_CODECS = """
    big5 big5hkscs cp932 cp949 cp950 euc_jis_2004 euc_jisx0213 euc_jp euc_kr gb18030 gb2312 gbk hz iso2022_jp
    iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr johab shift_jis shift_jis_2004
    shift_jisx0213 idna punycode
"""
"""Text encodings (modules of ``encodings``) of a region whose big tables are left out, and of the network."""

# PyInstaller's start scripts: they mend what this program does not use (walking through modules, reading source) and
# one imports Qt, which every ``companion call …`` would pay for. Qt finds its plugins without them.
RUNTIME_HOOKS = re.compile(r"pyi_rth_")

_PAGES = """
    cp037 cp1006 cp1026 cp1125 cp1140 cp273 cp424 cp500 cp720 cp737 cp775 cp850 cp852 cp855 cp856 cp857 cp858 cp860
    cp861 cp862 cp863 cp864 cp865 cp866 cp869 cp875 hp_roman8 kz1048 mac_arabic mac_croatian mac_cyrillic mac_farsi
    mac_greek mac_iceland mac_latin2 mac_roman mac_romanian mac_turkish palmos ptcp154
"""
"""Text encodings of other systems' consoles and of mainframes, which no Linux is ever set to."""

# Patterns against the path inside the folder, with forward slashes.
FILES = re.compile(
    "|".join(
        (
            # platforms: kept are the desktop's own and offscreen
            r"/plugins/platforms/(lib)?q(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc|webgl|direct2d)\b",
            # the GTK look drags half of GTK in, and is there only where the building machine has it
            r"/plugins/platformthemes/libqgtk3",
            r"/plugins/(egldeviceintegrations|generic|networkinformation|qmltooling|sqldrivers|tls)/",
            r"/plugins/(xcbglintegrations|wayland-graphics-integration-(client|server)|vectorimageformats)/",
            r"/plugins/wayland-shell-integration/lib(fullscreen-shell|ivi-shell|qt-shell|wl-shell)",
            r"/plugins/platforminputcontexts/\w*virtualkeyboard",
            r"/plugins/imageformats/(lib)?q(gif|icns|jpeg|pdf|tga|tiff|wbmp|webp)\b",
            r"/translations/",
            r"(^|/)(opengl32sw|d3dcompiler_\w+)\.dll$",
            r"/lib(?:-dynload)?/_codecs_\w+\.",
            r"(^|/)[^/]+\.(dist|egg)-info/",
            r"(^|/)dateutil/zoneinfo/",
            # the C library's own: a second one beside the system's would be loaded by accident
            r"(^|/)(config|include)[^/]*/(Makefile|pyconfig\.h)$",
        )
    )
)

ZONES = re.compile(
    r"^tzdata/(?!zoneinfo/|__init__)|^tzdata/zoneinfo/(.*/)?__init__|^tzdata/zoneinfo/(right|posix)/"
    r"|^tzdata/zoneinfo/(tzdata\.zi|leapseconds)$"
)
"""Of the time zone data, what is no zone."""


def is_left_out(path: str) -> bool:
    """Whether a file does not belong into the folder; ``path`` is its place inside, with either kind of slash."""
    forward = path.replace("\\", "/")
    return bool(FILES.search(forward) or ZONES.search(forward))


def modules(platform: str = sys.platform) -> list[str]:
    """Names of the modules that are not looked for on this platform.

    Linux needs no ctypes; the starter would load it for every command, where it is there.
    """
    found = [*_MODULES.split(), *(f"encodings.{name}" for name in _CODECS.split())]
    if platform == "linux":
        return [*found, *_LINUX.split(), *(f"encodings.{name}" for name in _PAGES.split())]
    return [name for name in found if name not in _KEYRING.split()]


def is_module_left_out(name: str, left_out: Iterable[str]) -> bool:
    """Whether a module, or a package above it, is left out."""
    parts = name.split(".")
    above = {".".join(parts[: length + 1]) for length in range(len(parts))}
    return not above.isdisjoint(left_out)
