"""What the machine is made of: QEMU, a kernel with its modules, udev: Debian's packages, kept in ``build``."""

import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[3]
BUILD = ROOT / "build" / "machine"
QEMU = "qemu-system-x86_64"
TOOLS = {QEMU: "qemu-system-x86", "busybox": "busybox-static", "cpio": "cpio", "depmod": "kmod", "modprobe": "kmod"}
MODULES = (
    "virtio_pci", "9p", "9pnet_virtio", "overlay", "xhci-pci", "usbhid", "hid-generic", "evdev", "uinput", "uhid",
    "ftdi_sio", "cdc-acm", "libcomposite", "dummy_hcd", "usb_f_hid", "usb_f_acm",
)  # fmt: skip
GUNS_MAX = 8
"""So many device controllers of dummy_hcd."""
INSTALL_S = 600

INIT = """#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
for module in $(cat /modules/order); do
    case $module in dummy_hcd*) insmod /modules/$module num=GUNS is_high_speed=1;; *) insmod /modules/$module;; esac
done
mkdir -p /host /over /new
mount -t 9p -o trans=virtio,version=9p2000.L,ro,msize=262144,cache=loose host /host
mount -t tmpfs over /over
mkdir /over/upper /over/work
mount -t overlay -o lowerdir=/host,upperdir=/over/upper,workdir=/over/work over /new
mount -t proc proc /new/proc
mount -t sysfs sys /new/sys
mount -t configfs config /new/sys/kernel/config
mount -t devtmpfs dev /new/dev
mkdir -p /new/dev/pts /new/dev/shm
mount -t devpts devpts /new/dev/pts
mount -t tmpfs shm /new/dev/shm
mount -t tmpfs run /new/run
mount -t tmpfs tmp /new/var/tmp
ip link set lo up
cd /
chroot /new /bin/sh -c "$(cat /command)"
echo "@ended"
poweroff -f
"""


class KitError(Exception):
    """The machine cannot be made here; the text says why and what to do."""


class Kit(NamedTuple):
    kernel: Path
    initrd: Path
    udev: Path


def kit(command: str) -> Kit:
    """The parts, with what the guest is to run.

    Raises:
        KitError: something of it is missing and cannot be installed.
    """
    BUILD.mkdir(parents=True, exist_ok=True)
    _install()
    modules, udev = BUILD / "modules", BUILD / "udev"
    if not (modules / "order").exists():
        _kernel(modules)
    if not udev.exists():
        _unpacked("udev", "libudev1", into=udev)
    return Kit(BUILD / "vmlinuz", _initrd(modules, command), udev)


def _install() -> None:
    missing = sorted({package for tool, package in TOOLS.items() if shutil.which(tool) is None})
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise KitError(f"Install {', '.join(missing)} (Debian's packages), or run this as root on Debian.")
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    _run("apt-get", "update", "-qq", environ=environ)
    _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing, environ=environ)


def _kernel(modules: Path) -> None:
    """One kernel by its exact name, and of its modules those that are wanted, in the order in which they load."""
    told = _run("apt-cache", "depends", "linux-image-amd64")
    found = re.search(r"linux-image-(\d\S*)", told)
    if found is None:
        raise KitError("No kernel of Debian's (linux-image-amd64) is known to apt here. Run apt-get update.")
    version, tree = found[1], BUILD / "tree"
    _unpacked(f"linux-image-{version}", into=tree)
    shutil.copy(tree / f"boot/vmlinuz-{version}", BUILD / "vmlinuz")
    _run("depmod", "-b", str(tree), version)
    files: dict[str, Path] = {}
    for module in MODULES:
        for line in _run("modprobe", "-d", str(tree), "-S", version, "--show-depends", module).splitlines():
            kind, path = line.split()[:2]
            if kind == "insmod":
                files.setdefault(Path(path).name, Path(path))
    modules.mkdir(exist_ok=True)
    for name, file in files.items():
        shutil.copy(file, modules / name)
    (modules / "order").write_text("\n".join(files) + "\n")
    shutil.rmtree(tree)


def _unpacked(*packages: str, into: Path) -> None:
    """Debian's packages, unpacked and not installed."""
    folder = BUILD / "packages"
    folder.mkdir(exist_ok=True)
    _run("apt-get", "download", "-qq", *packages, folder=folder)
    for file in folder.glob("*.deb"):
        _run("dpkg", "-x", str(file), str(into))
        file.unlink()


def _initrd(modules: Path, command: str) -> Path:
    """The first file system: busybox, the modules, and what mounts the host's files to be read and never written."""
    folder, packed = BUILD / "initrd", BUILD / "initrd.gz"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("bin", "proc", "sys", "dev"):
        (folder / name).mkdir(parents=True)
    shutil.copy(shutil.which("busybox") or "", folder / "bin/busybox")
    shutil.copytree(modules, folder / "modules")
    (folder / "init").write_text(INIT.replace("GUNS", str(GUNS_MAX)))
    (folder / "init").chmod(0o755)
    (folder / "command").write_text(command)
    names = "\n".join(str(path.relative_to(folder)) for path in sorted(folder.rglob("*")))
    archive = subprocess.run(
        ["cpio", "-o", "-H", "newc", "--quiet"], input=names.encode(), cwd=folder, capture_output=True, check=True
    )
    packed.write_bytes(gzip.compress(archive.stdout, 1))
    return packed


def _run(*command: str, folder: Path | None = None, environ: "os._Environ[str] | dict[str, str] | None" = None) -> str:
    try:
        done = subprocess.run(
            command, cwd=folder, env=environ, capture_output=True, text=True, check=True, timeout=INSTALL_S
        )
    except FileNotFoundError as error:
        raise KitError(f"{command[0]} is not there: this needs Debian's packages.") from error
    except subprocess.TimeoutExpired as error:
        raise KitError(f"{' '.join(command)} did not end within {INSTALL_S // 60} minutes.") from error
    except subprocess.CalledProcessError as error:
        told = (error.stderr or error.stdout).strip().splitlines() or ["no reason given"]
        raise KitError(f"{' '.join(command)} failed: {told[-1]}") from error
    return done.stdout
