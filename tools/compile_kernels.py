"""Compile the kernels: ``python tools/compile_kernels.py`` does it in place, as an install does.

With the system's C compiler, else with the one that the package ``ziglang`` brings. Where neither
works nothing is compiled, which is an answer and no error: the kernels then run interpreted, and
the reason is left beside them for the line that says so.
"""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from translate_kernels import translate

KERNELS = Path(__file__).resolve().parents[1] / "src" / "limen" / "names" / "kernels"
#: The file that says why nothing was compiled; ``limen.names.kernels.backend`` reads it.
REASON = "_not_compiled.txt"
#: No fused multiplication and addition: a rank has the same bits on every machine.
_FLAGS = ["-O3", "-g0", "-ffp-contract=off"]


class NotCompiledError(Exception):
    """Nothing was compiled; the message says why, in one line."""


def is_pure() -> bool:
    """Return whether the environment asks for no compiled kernels."""
    return os.environ.get("LIMEN_PURE", "0") not in ("", "0")


def has_compiler() -> bool:
    """Return whether a C compiler is on the PATH; on Windows only trying can say."""
    named = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "").split()[:1]
    return os.name == "nt" or any(map(shutil.which, [*named, "cc", "gcc", "clang"]))


def install(into: Path) -> Path:
    """Compile into a folder, and drop what an earlier build left there.

    The hash is written last: a module without it, or with another, is not used.

    Returns:
        The compiled module; or the file with the reason why there is none.
    """
    for old in [*into.glob("_compiled_*"), *into.glob(REASON)]:
        old.unlink()
    try:
        with tempfile.TemporaryDirectory() as work:
            made = Path(shutil.copy(_compile(Path(work)), into))
            seal = _digest_module()["seal_of"](made)
            seal.write_text(f"{sha256(made.read_bytes()).hexdigest()}\n", "ascii")
            return made
    except NotCompiledError as error:
        reason = into / REASON
        reason.write_text(f"{error}\n", "utf-8")
        return reason


def _compile(work: Path) -> Path:
    """Compile in a working folder.

    Raises:
        NotCompiledError: it cannot be done here.
    """
    if is_pure():
        raise NotCompiledError("LIMEN_PURE was set when Limen was installed")
    source = work / f"{_digest_module()['extension_name'](KERNELS)}.pyx"
    source.write_text(translate(KERNELS), "utf-8")
    _to_c(source)
    failures = []
    for compiler in (_with_system, _with_zig):
        try:
            return compiler(source.with_suffix(".c"), work / "built")
        except Exception as error:
            failures.append(_in_a_line(error))
    raise NotCompiledError("; ".join(failures))


def _digest_module() -> dict[str, Any]:
    """What the running program reads the names and hashes of compiled modules with."""
    return runpy.run_path(str(KERNELS / "digest.py"))


def _macros() -> list[tuple[str, str]]:
    """The stable ABI, where this Python has one."""
    stable = _digest_module()["is_stable"]()
    return [("Py_LIMITED_API", "0x030B0000"), ("CYTHON_LIMITED_API", "1")] if stable else []


def _to_c(source: Path) -> None:
    try:
        from Cython.Compiler.Main import compile_single
        from Cython.Compiler.Options import CompilationOptions
    except ImportError as error:
        raise NotCompiledError("Cython was not there to translate them") from error
    compile_single(str(source), CompilationOptions(language_level=3), None)


def _with_system(source: Path, into: Path) -> Path:
    """Compile with what setuptools finds: the compiler that built this Python, or its like."""
    if not has_compiler():
        raise NotCompiledError("no C compiler was on the PATH")
    from setuptools import Distribution, Extension

    extension = Extension(
        source.stem,
        [str(source)],
        define_macros=_macros(),
        extra_compile_args=[] if os.name == "nt" else _FLAGS,
        py_limited_api=bool(_macros()),
    )
    command = Distribution({"ext_modules": [extension]}).get_command_obj("build_ext")
    command.build_lib, command.build_temp, command.force = str(into), str(into / "temp"), True
    command.ensure_finalized()
    command.run()
    return Path(command.get_ext_fullpath(source.stem))


def _with_zig(source: Path, into: Path) -> Path:
    """Compile with the compiler of the package ``ziglang``, for any processor of this kind."""
    suffix = ".abi3.so" if _macros() else sysconfig.get_config_var("EXT_SUFFIX")
    built = into / f"{source.stem}{suffix}"
    into.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "ziglang", "cc", *_FLAGS, "-mcpu=baseline", "-shared"]
    command += ["-fPIC", "-I", sysconfig.get_path("include"), str(source), "-o", str(built)]
    command += [f"-D{name}={value}" for name, value in _macros()]
    if sys.platform == "darwin":
        command += ["-undefined", "dynamic_lookup"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotCompiledError(f"ziglang: {done.stderr.strip().splitlines()[-1]}")
    return built


def _in_a_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


if __name__ == "__main__":
    print(install(KERNELS))
