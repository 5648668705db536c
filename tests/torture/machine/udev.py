"""udev in the guest, from its package: it sets rights and makes links as on a real device, by our rules and its own."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

from devices.finding.rules import FILE, GROUP
from tests.torture.machine.kit import BUILD, ROOT

ORDINARY = 65_534
"""A user without rights, and their group."""
_ENVIRON = os.environ | {"SYSTEMD_IGNORE_CHROOT": "1"}


def start(*, group_id: int = 998) -> None:
    """Install it with our rules, and have it look at what is plugged in."""
    for folder in ("lib", "bin"):
        shutil.copytree(BUILD / "udev" / folder, Path("/") / folder, symlinks=True, dirs_exist_ok=True)
    if f"\n{GROUP}:" not in Path("/etc/group").read_text():
        with Path("/etc/group").open("a") as groups:
            groups.write(f"{GROUP}:x:{group_id}:\n")
    Path(FILE).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "docs/deploy/70-scanner.rules", FILE)
    subprocess.run(["/lib/systemd/systemd-udevd", "--daemon"], env=_ENVIRON, check=True)
    subprocess.run(["udevadm", "trigger", "--action=add"], env=_ENVIRON, check=True)
    settle()


def settle() -> None:
    subprocess.run(["udevadm", "settle", "--timeout=60"], env=_ENVIRON, check=True)


def rights(path: str) -> tuple[str, int]:
    """The mode of a device's file, and the number of its group."""
    status = os.stat(path)  # noqa: PTH116
    return f"{stat.S_IMODE(status.st_mode):04o}", status.st_gid
