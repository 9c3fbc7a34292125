"""Loads PySide6 without what only describes it: the texts of its errors, signatures, spellings of names.

Shiboken, the lower half of PySide6, carries a dozen Python modules as packed source. Each start unpacks, compiles and
runs all of them, with a good part of the standard library behind them, and takes nearly half as long as showing an
empty window does. They are asked for when a Qt method is called with wrong arguments, when somebody reads a signature
or a documentation, and by a maker of stub files: by a program without mistakes, never. So stand-ins take their place,
which load the real ones at the first thing that is asked of them.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable
from importlib import import_module
from threading import RLock
from types import ModuleType
from typing import Any

from companion.ui import enums

_BOOTSTRAP = "signature_bootstrap"
"""The module that Shiboken runs its own source in; its function ``bootstrap`` unpacks and loads all others."""
_MAPPING = "shibokensupport.signature.mapping"
"""The one of them that Shiboken reaches for by name."""

# What that source and Shiboken's package import at their top, for functions that nobody calls in a start.
_NOT_NEEDED = ("base64", "tempfile", "textwrap", "traceback", "zipfile")


class _Later(ModuleType):
    """Stands in for a module of the standard library, which is imported when something of it is used."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


class _Descriptions(ModuleType):
    """Has the functions that Shiboken calls. All but two of them load the real ones first.

    What is not known here, because another Shiboken asks for it, is looked up in the real ones too.
    """

    def __init__(self, load_real: Callable[[], Any]) -> None:
        super().__init__("descriptions")
        self._load_real = load_real
        self.lock = RLock()
        self._real: Any = None

    def real(self) -> Any:
        """Shiboken's own module of these functions, with everything behind it. Callable on any thread."""
        with self.lock:
            if self._real is None:
                self._real = self._load_real()
            return self._real

    def post_init(self) -> None:
        """Nothing. The real one has the source of all that is imported from then on read, in search of a spelling of
        names that nobody here uses; a start would spend a tenth of its time on that."""

    def finish_import(self, module: ModuleType) -> None:
        """Mends a module of Qt that was just imported, where PySide6 has a mend for it."""
        try:
            from PySide6.support import deprecated
        except ImportError:  # as the real one sees it: then there is none
            return
        mend = getattr(deprecated, f"fix_for_{module.__name__.removeprefix('PySide6.')}", None)
        if mend is not None:
            mend(module)

    def pyside_type_init(self, *given: Any) -> Any:
        return self.real().pyside_type_init(*given)

    def create_signature(self, *given: Any) -> Any:
        return self.real().create_signature(*given)

    def seterror_argument(self, *given: Any) -> Any:
        return self.real().seterror_argument(*given)

    def make_helptext(self, *given: Any) -> Any:
        return self.real().make_helptext(*given)

    def feature_import(self, *given: Any, **named: Any) -> Any:
        return self.real().feature_import(*given, **named)

    def feature_imported(self, *given: Any, **named: Any) -> Any:
        return self.real().feature_imported(*given, **named)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.real(), name)


class _Mapping(ModuleType):
    """The names of classes: before Shiboken words an error it calls ``update_mapping`` here, then looks one up."""

    def __init__(self, descriptions: _Descriptions) -> None:
        super().__init__(_MAPPING)
        self._descriptions = descriptions
        self.update_mapping = self._update

    def _update(self) -> None:
        with self._descriptions.lock:  # Shiboken ends the program over a class that it does not find
            real = self._descriptions.real().mapping
            real.update_mapping()
            vars(self).update(vars(real), update_mapping=self._update)


class _Bootstrap(ModuleType):
    """The module that Shiboken runs its source in: what it then takes out of it is ours."""

    @property
    def bootstrap(self) -> Callable[[], ModuleType]:
        """In place of the function of that name, which stays among the module's own."""
        return self._begin

    def _begin(self) -> ModuleType:
        descriptions = _Descriptions(vars(self)["bootstrap"])
        sys.modules[_MAPPING] = _Mapping(descriptions)
        return descriptions


def load() -> None:
    """Imports PySide6.QtCore, and takes its wrapper off ``import`` again.

    Where something has loaded it already, nothing is changed.
    """
    if "PySide6.QtCore" in sys.modules:
        return
    plain = builtins.__import__
    enums.install()
    stand_ins = {name: _Later(name) for name in _NOT_NEEDED if name not in sys.modules}
    sys.modules.update(stand_ins)
    sys.modules[_BOOTSTRAP] = _Bootstrap(_BOOTSTRAP)
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        builtins.__import__ = plain
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
