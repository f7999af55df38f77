"""The build hook: kernels compiled for the wheel or the editable install that is being built."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging.tags import platform_tags

sys.path.insert(0, str(Path(__file__).parent / "tools"))

from compile_kernels import KERNELS, REASON, has_compiler, install, is_pure


class KernelsHook(BuildHookInterface[Any]):
    """Compiles the kernels; where that cannot be done, the wheel is one of pure Python."""

    def dependencies(self) -> list[str]:
        """Return the package that brings a C compiler, where none is on the PATH."""
        wanted = self.target_name == "wheel" and not (is_pure() or has_compiler())
        return ["ziglang"] if wanted else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into the source folder for an editable install, else into the wheel alone."""
        if self.target_name != "wheel":
            return
        editable = version == "editable"
        into = KERNELS if editable else Path(mkdtemp())
        made = install(into)
        if made.name == REASON:
            self.app.display_warning(f"kernels not compiled: {made.read_text('utf-8').strip()}")
        else:
            build_data["pure_python"] = False
            if ".abi3." in made.name:
                platform = next(filter(_is_plain, platform_tags()))
                build_data["tag"] = f"cp311-abi3-{platform}"
            else:
                build_data["infer_tag"] = True
        if not editable:
            for file in into.iterdir():
                build_data["force_include"][str(file)] = f"limen/names/kernels/{file.name}"


def _is_plain(tag: str) -> bool:
    """Return whether a platform is this machine's own, not one that many distributions share."""
    return not tag.startswith(("manylinux", "musllinux"))
