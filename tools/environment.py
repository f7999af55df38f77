"""Build the project's virtual environments from its lock, and refresh the lock.

``requirements/`` holds the lock: every version and every hash, for all platforms and Pythons, and
no address of an index, so that it installs behind a company's mirror too:

- ``locked.txt``: the newest versions, all extras and the test tools;
- ``minimum.txt``: the oldest versions that ``pyproject.toml`` declares, on the oldest Python;
- ``build.txt``: what builds Limen itself;
- ``spark.txt``: Spark, and the other engines that only its tests use: half a gigabyte, installed by
  a step of its own where there is a Java that runs it;
- ``uv.txt``: uv, which resolves and installs; it comes from the package index like all the rest.

Needs only the standard library. The environments use the Python that runs this script and no other.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "requirements"
UV_HOME = ROOT / ".uv"
NAMES = ("locked", "minimum", "build", "uv", "spark")
#: The extra with a lock of its own; PyPI has Spark as a source archive alone.
SPARK, SPARK_PACKAGE = "spark", "pyspark"
_OLDEST_JAVA = 17
#: Tools that are run and not installed: nothing of Limen imports them.
NOT_AUDITED = 4  # what the command line says of a network that is not there
PIP_AUDIT, CYCLONEDX = "pip-audit@2.10.1", "cyclonedx-bom==7.5.0"
#: What to do where packages cannot be installed: nearly always nothing answered.
UNREACHED = (
    "\nthe packages of the lock could not be installed; what is above says why\n"
    "  no network or index   connect, or name a mirror: pip config set global.index-url ADDRESS,\n"
    "                        or PIP_INDEX_URL and UV_DEFAULT_INDEX\n"
    "  no room, or a cache folder that cannot be written   UV_CACHE_DIR=/another/folder\n"
    "  nothing else changed  run the same command again"
)
_ONLY_WHEELS = ("--only-binary", ":all:")
PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)(?: ; (.*?))? \\$", re.MULTILINE)


def main(arguments: list[str] | None = None) -> None:
    """Run the command that the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    install = commands.add_parser("install", help="create or refresh an environment")
    install.add_argument("--venv", type=Path, default=ROOT / ".venv")
    install.add_argument("--lock", choices=("locked", "minimum"), default="locked")
    install.add_argument("--extras", default="", help="names with commas between, or: all")
    install.add_argument("--wheel", action="store_true", help="copy Limen in, for an image")
    spark = commands.add_parser("spark", help="add Spark to an environment, if Java can run it")
    spark.add_argument("--venv", type=Path, default=ROOT / ".venv")
    lock = commands.add_parser("lock", help="make the lock follow pyproject.toml")
    lock.add_argument("--upgrade", action="store_true", help="take the newest versions")
    commands.add_parser("check", help="fail if pyproject.toml has changed since the lock was made")
    commands.add_parser("moved", help="list the versions that moved since the last commit")
    commands.add_parser("audit", help="look for known weaknesses of what is locked")
    sbom = commands.add_parser("sbom", help="write what is locked as CycloneDX JSON")
    sbom.add_argument("--output", type=Path, default=ROOT / "sbom.json")
    options = parser.parse_args(arguments)
    match options.command:
        case "install":
            _install(options)
        case "spark":
            install_spark(options.venv)
        case "lock":
            write_locks(upgrade=options.upgrade)
        case "check":
            check_locks()
        case "audit":
            audit()
        case "sbom":
            write_sbom(options.output)
        case "moved":
            print("\n".join(moved_versions()) or "no version moved")


# ------------------------------------------------------------------------------ environments


def _install(options: argparse.Namespace) -> None:
    check_locks()
    oldest = _oldest_python()
    if options.lock == "minimum" and oldest != "{}.{}".format(*sys.version_info):
        sys.exit(
            f"the oldest versions have no wheels for Python {sys.version.split()[0]}; they are "
            f"tested on the oldest Python\n  fix  make PYTHON=python{oldest} test-minimum"
        )
    create_venv(options.venv, with_pip=False)
    extras = options.extras
    if extras == "all":
        extras = ",".join(_extras())
    target = f"{ROOT}[{extras}]" if extras else str(ROOT)
    command = ["pip", "install", "--quiet", "--exact", "--python", str(python_of(options.venv))]
    command += ["--constraints", str(LOCKS / f"{options.lock}.txt")]
    command += ["--build-constraints", str(LOCKS / "build.txt")]
    command += [*_ONLY_WHEELS, "--no-binary", "limen", "--compile-bytecode"]
    command += [target, "--reinstall-package", "limen"] if options.wheel else ["--editable", target]
    _uv(command, hint=UNREACHED)
    if not options.wheel:  # uv compiles what it copies in, and an editable package stays here
        _run([str(python_of(options.venv)), "-m", "compileall", "-q", str(ROOT / "src")])


def install_spark(venv: Path) -> None:
    """Add Spark to an environment where a Java runs it; elsewhere print that it is not tested."""
    java = java_version()
    if java < _OLDEST_JAVA:
        found = f"Java {java} is here" if java else "there is no Java here"
        print(f"NO SPARK: {found}, and it needs {_OLDEST_JAVA} or later: it is not tested")
        return
    check_locks()
    command = ["pip", "install", "--quiet", "--python", str(python_of(venv)), "--require-hashes"]
    command += ["--requirement", str(LOCKS / "spark.txt"), "--compile-bytecode"]
    command += ["--build-constraints", str(LOCKS / "build.txt")]
    _uv([*command, *_ONLY_WHEELS, "--no-binary", SPARK_PACKAGE], hint=UNREACHED)


def java_version() -> int:
    """Return the first number of the version of the Java that Spark would run; 0 without one."""
    home = os.environ.get("JAVA_HOME")
    program = str(Path(home, "bin", "java")) if home else "java"
    try:
        done = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', done.stderr)
    return int(found[1]) if found else 0


def create_venv(folder: Path, *, with_pip: bool) -> None:
    """Create the environment for the Python that runs this script, unless it exists already."""
    if python_of(folder).exists():
        version = _output([str(python_of(folder)), "-c", "import sys; print(sys.version)"])
        if version.strip() == sys.version.strip():
            return
        if not with_pip:
            sys.exit(
                f"{folder} was made for Python {version.split()[0]}, and this is "
                f"{sys.version.split()[0]} ({sys.executable})\n"
                f"  fix  make clean, or name the first one: make PYTHON=python3.NN ..."
            )
    if with_pip and importlib.util.find_spec("ensurepip") is None:
        sys.exit(
            f"{sys.executable} cannot create virtual environments: it has no ensurepip\n"
            "  fix  Debian and Ubuntu: apt install python3-venv; or name another Python: "
            "make PYTHON=python3.NN ..."
        )
    pip = [] if with_pip else ["--without-pip"]
    broken = ["--clear"] if (folder / "pyvenv.cfg").exists() else []
    _run([sys.executable, "-m", "venv", *broken, *pip, str(folder)])


def python_of(folder: Path) -> Path:
    """Return the interpreter of an environment."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def uv_program() -> Path:
    """Return the locked uv, installed on the first call."""
    version = pinned((LOCKS / "uv.txt").read_text(encoding="utf-8"))["uv", ""]
    stamp = UV_HOME / "installed"
    python = python_of(UV_HOME)
    if not (python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == version):
        create_venv(UV_HOME, with_pip=True)
        lock = ["--require-hashes", "--only-binary", ":all:", "-r", str(LOCKS / "uv.txt")]
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-q"]
        _run([*pip, "--retries", "1", *lock], hint=UNREACHED)
        stamp.write_text(version)
    return python.with_name("uv.exe" if sys.platform == "win32" else "uv")


def _uv(
    command: list[str], *, given: str | None = None, check: bool = True, hint: str = ""
) -> None:
    program = str(uv_program())
    chosen = {
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_NO_MANAGED_PYTHON": "1",
        "UV_SYSTEM_CERTS": "1",  # a company's proxy is trusted by the machine, not by uv's own list
    }
    index = _pip_index()
    if index and not {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & set(os.environ):
        chosen["UV_DEFAULT_INDEX"] = index
    _run([program, *command], env=os.environ | chosen, given=given, check=check, hint=hint)


def _pip_index() -> str | None:
    """Return the index that the machine's pip is configured for, so that one setting serves."""
    listed = _output([str(python_of(UV_HOME)), "-m", "pip", "config", "list"])
    found = re.findall(r"^\S*index-url='(.*)'$", listed, re.MULTILINE)
    return found[-1] if found else None


# ------------------------------------------------------------------------------ supply chain


def audit() -> None:
    """Ask PyPI for known weaknesses of every version in the lock, and exit with the verdict.

    pip-audit leaves with 1 where it found something and where it could not ask; but it writes its
    report only once it has asked about every version.
    """
    with tempfile.TemporaryDirectory(prefix="limen-audit-") as folder:
        report = Path(folder, "report.json")
        command = ["tool", "run", PIP_AUDIT, "--strict", "--disable-pip", "--require-hashes"]
        command += ["--format", "json", "--output", str(report)]
        _uv([*command, "--requirement", str(LOCKS / "locked.txt")], check=False)
        code, lines = audited(report.read_bytes() if report.exists() else b"")
    print("\n".join(lines))
    sys.exit(code)


def audited(report: bytes) -> tuple[int, list[str]]:
    """Return the exit code of an audit, and what to print: 4 where advisories were not reached."""
    try:
        dependencies = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        dependencies = []
    if not dependencies or any("skip_reason" in each for each in dependencies):
        why = "the advisories of pypi.org were not reached (no network, or a mirror without them)"
        return NOT_AUDITED, [f"NOT AUDITED: {why}, so nothing is known of the locked versions"]
    weak = [
        f"{each['name']} {each['version']}: {weakness['id']}, "
        f"fixed in {', '.join(weakness['fix_versions']) or 'no version'}"
        for each in dependencies
        for weakness in each["vulns"]
    ]
    if weak:
        return 1, [*weak, f"WEAK: {len(weak)} known weaknesses in what is locked"]
    return 0, [f"audited: {len(dependencies)} locked versions, no known weakness"]


def write_sbom(output: Path) -> None:
    """Write the lock as a bill of materials: names, versions, hashes, package URLs."""
    lock, project = str(LOCKS / "locked.txt"), str(ROOT / "pyproject.toml")
    _uv(
        ["tool", "run", "--from", CYCLONEDX, "cyclonedx-py", "requirements", lock,
         "--pyproject", project, "--output-reproducible", "--of", "JSON", "-o", str(output)]
    )  # fmt: skip


# ------------------------------------------------------------------------------ the lock


def write_locks(*, upgrade: bool) -> None:
    """Resolve all requirements anew; versions stay where they can, unless upgraded."""
    project = _project()
    everything = ["pyproject.toml", *(f"--extra={name}" for name in _extras())]
    lowest = [*everything, "--resolution", "lowest-direct", "--constraints", "-"]
    build = [*project["build-system"]["requires"], *project["dependency-groups"]["build"]]
    _compile("uv", ["-"], given=["uv>=0.9"], upgrade=upgrade)
    _compile("build", ["-"], given=build, upgrade=upgrade)
    _compile("locked", everything, upgrade=upgrade)
    _compile("spark", ["-"], given=_spark(project), upgrade=upgrade)
    _compile("minimum", lowest, given=_tool_pins(project), upgrade=upgrade)


def check_locks() -> None:
    """Exit with what to do if ``pyproject.toml`` has changed since the lock was made."""
    for name in NAMES:
        path = LOCKS / f"{name}.txt"
        if not path.exists() or _inputs(name) not in path.read_text(encoding="utf-8"):
            sys.exit(
                f"{path.relative_to(ROOT)} was made for other requirements than pyproject.toml "
                "declares now\n  fix  make lock"
            )


def _inputs(name: str) -> str:
    """Return the line of a lock that says what it was made from."""
    project = _project()
    inputs: list[Any] = [project["project"]["requires-python"]]
    if name == "build":
        inputs += [project["build-system"]["requires"], project["dependency-groups"]["build"]]
    elif name == SPARK:
        inputs += _spark(project)
    elif name != "uv":
        inputs += [project["project"]["dependencies"], project["project"]["optional-dependencies"]]
    digest = hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()
    return f"# Of the requirements {digest}\n"


def pinned(text: str) -> dict[tuple[str, str], str]:
    """Return the version of each (package, marker) of a lock."""
    return {(name, marker): version for name, version, marker in PIN.findall(text)}


def moved_versions() -> list[str]:
    """Return a line for each version that differs from the last commit's lock."""
    lines = []
    for name in NAMES:
        path = LOCKS / f"{name}.txt"
        committed = f"HEAD:{path.relative_to(ROOT).as_posix()}"
        before = pinned(_output(["git", "show", committed]))
        after = pinned(path.read_text(encoding="utf-8"))
        for package, marker in sorted(before.keys() | after.keys()):
            old, new = (lock.get((package, marker), "none") for lock in (before, after))
            if old != new:
                lines.append(f"{name:8} {package}: {old} -> {new}{marker and f' ({marker})'}")
    return lines


def _compile(name: str, what: list[str], *, upgrade: bool, given: list[str] | None = None) -> None:
    path = LOCKS / f"{name}.txt"
    command = [
        "pip",
        "compile",
        "--quiet",
        *what,
        "--universal",
        "--python-version",
        _oldest_python(),
    ]
    command += ["--generate-hashes", "--no-header", "--no-emit-package", "limen"]
    command += [*_ONLY_WHEELS, "--output-file", str(path)]
    if name == SPARK:
        command += ["--no-binary", SPARK_PACKAGE, "--constraints", str(LOCKS / "locked.txt")]
    _uv(command + (["--upgrade"] if upgrade else []), given="\n".join(given or []))
    made_by = "# Written by `make lock` and `make upgrade`; do not edit.\n"
    resolved = path.read_text(encoding="utf-8")
    path.write_text(f"{made_by}{_inputs(name)}{resolved}", encoding="utf-8")


def _tool_pins(project: dict[str, Any]) -> list[str]:
    """Return the test tools at their locked versions: the minimum is of what Limen runs on."""
    listed = project["project"]["optional-dependencies"]["test"]
    tools = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower() for line in listed}
    locked = pinned((LOCKS / "locked.txt").read_text(encoding="utf-8"))
    return [f"{name}=={version}" for (name, _), version in locked.items() if name in tools]


def _extras() -> list[str]:
    """Return the extras that every test environment has."""
    return [name for name in _project()["project"]["optional-dependencies"] if name != SPARK]


def _spark(project: dict[str, Any]) -> list[str]:
    """Return what is required of Spark and with it."""
    extras, groups = project["project"]["optional-dependencies"], project["dependency-groups"]
    return [*extras[SPARK], *groups[SPARK]]


def _oldest_python() -> str:
    return str(_project()["project"]["requires-python"]).removeprefix(">=")


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


# ------------------------------------------------------------------------------ programs


def _run(
    command: list[str],
    *,
    env: dict[str, str] | None = None,
    given: str | None = None,
    check: bool = True,
    hint: str = "",
) -> None:
    done = subprocess.run(command, env=env, input=given, text=True, cwd=ROOT, check=False)
    if done.returncode and check:
        sys.exit(f"failed: {' '.join(command)}{hint}")


def _output(command: list[str]) -> str:
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(f"failed: {' '.join(command)}")
    return done.stdout


if __name__ == "__main__":
    main()
