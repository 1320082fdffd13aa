"""Plug-in folders: every module is loaded at start, and a code used twice stops the start."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Coded(Protocol):
    """Anything that a plug-in module offers under a code."""

    @property
    def code(self) -> str: ...


T = TypeVar("T", bound=Coded)


class Registry(Generic[T]):
    """The plug-ins of one package, each module offering one object under *attribute*."""

    def __init__(self, package: str, attribute: str) -> None:
        self.package = package
        self.attribute = attribute
        self._plugins: dict[str, T] | None = None

    def load(self) -> dict[str, T]:
        """All plug-ins by code, in order of their modules' names."""
        if self._plugins is None:
            found: dict[str, T] = {}
            folder = importlib.import_module(self.package)
            for info in sorted(pkgutil.iter_modules(folder.__path__), key=lambda i: i.name):
                if info.name.startswith("_"):
                    continue
                module = importlib.import_module(f"{self.package}.{info.name}")
                plugin: T = getattr(module, self.attribute)
                if plugin.code in found:
                    raise ValueError(f"{self.package}: code {plugin.code!r} is used twice")
                found[plugin.code] = plugin
            self._plugins = found
        return self._plugins

    def __getitem__(self, code: str) -> T:
        return self.load()[code]

    def __iter__(self) -> Iterator[T]:
        return iter(self.load().values())
