"""Looks at the place and the first bytes of a file before anything opens it. Standard library only."""

import os
import re
import subprocess
import sys
from pathlib import Path

from complaint_desk.locale import _
from complaint_desk.models.errors import FileDamaged, FileUnusable, StoreFault

APPLICATION_ID = 0x43444B31
"""Written into every file of the desk, so that it is told from other programs' files."""
SCHEMA = 6
"""The version of the tables this program writes; kept in the file's `user_version`."""

_SQLITE_SIGN = b"SQLite format 3\x00"
_NETWORK_FILE_SYSTEMS = frozenset(
    (
        *("afs", "afpfs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.rclone", "fuse.sshfs", "gfs2"),
        *("glusterfs", "lustre", "ncp", "ncpfs", "nfs", "nfs4", "ocfs2", "smb2", "smb3", "smbfs", "webdav"),
    )
)


def whole_path(where: str | Path) -> Path:
    """The place itself: absolute, links followed. Raises StoreFault where it can be no place."""
    try:
        return Path(where).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise _cannot_be_used(where, error) from error


def look_before_opening(path: Path) -> None:
    """Refuse a place or a file that the desk must not touch; the file is only read.

    Raises StoreFault, with a sentence, where the folder is missing or on a network, the path is a folder or a
    device, folder or file cannot be written, or the file is not SQLite, another program's, or newer.
    """
    try:
        _look(path)
    except OSError as error:
        raise _cannot_be_used(path, error) from error


def _cannot_be_used(where: str | Path, error: Exception) -> StoreFault:
    return StoreFault(
        _("{file} cannot be used ({reason}). Nothing was changed. Name another file with --db.").format(
            file=where, reason=getattr(error, "strerror", None) or error
        )
    )


def _look(path: Path) -> None:
    folder = path.parent
    if not folder.is_dir():
        raise StoreFault(
            _(
                "The folder {folder} does not exist, so the desk cannot open {file}. Nothing was changed. "
                "Make the folder, or name another file with --db."
            ).format(folder=folder, file=path.name)
        )
    if path.is_dir():
        raise StoreFault(
            _("{file} is a folder, not a file. Nothing was changed. Name a file with --db.").format(file=path)
        )
    if path.exists() and not path.is_file():
        raise StoreFault(
            _("{file} is a device or a pipe, not a file. Nothing was changed. Name a file with --db.").format(
                file=path
            )
        )
    if file_system := _network_file_system(folder):
        raise StoreFault(
            _(
                "{file} lies on a network folder ({kind}), where two desks can damage it. "
                "Nothing was changed. Keep the file on a disk of this PC."
            ).format(file=path, kind=file_system)
        )
    if path.exists():
        look_at_file(path)
    for place in (folder, path):
        if place.exists() and not os.access(place, os.W_OK):
            raise StoreFault(
                _(
                    "{place} cannot be written by this account. Nothing was changed. "
                    "Give the account the right to write there, or name another file with --db."
                ).format(place=place)
            )


def look_at_file(path: Path) -> None:
    """Raise StoreFault where a file's first bytes are not those of a desk's file, or of a newer one's."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise StoreFault(
            _("{file} cannot be read ({reason}). It was left as it is. Name another file with --db.").format(
                file=path, reason=error.strerror
            )
        ) from error
    if not head:
        return
    if len(head) < 100 or not head.startswith(_SQLITE_SIGN):
        raise FileDamaged(
            _(
                "{file} is not a complaint desk's file: it is not SQLite, or it is damaged. "
                "It was left as it is. Name another file with --db, put back the last good backup "
                "(`restore latest`), or save what can be read (`salvage`)."
            ).format(file=path)
        )
    version, application = (int.from_bytes(head[at : at + 4], "big") for at in (60, 68))
    if application != APPLICATION_ID:
        raise FileUnusable(
            _(
                "{file} belongs to another program. It was left as it is. Name another file with --db, or put "
                "back the last good backup in its place (`restore latest`)."
            ).format(file=path)
        )
    refuse_newer(path, version)


def refuse_newer(path: Path, version: int) -> None:
    """Raise StoreFault where a file's tables are of a later version than this program knows."""
    if version > SCHEMA:
        raise FileUnusable(
            _(
                "{file} was written by a newer Complaint Desk (tables {theirs}, this program knows {ours}). "
                "It was left as it is. Update this program, or name another file with --db."
            ).format(file=path, theirs=version, ours=SCHEMA)
        )


def _network_file_system(folder: Path) -> str | None:
    """The kind of network file system a folder lies on, or None where it lies on a disk of this machine."""
    folder = folder.resolve()
    if sys.platform == "win32":
        return _windows_network(folder)
    if sys.platform == "linux":
        mounts = _linux_mounts()
    else:
        mounts = _listed_mounts()
    here = [(point, kind) for point, kind in mounts if folder.is_relative_to(point)]
    kind = max(here, key=lambda mount: len(mount[0]), default=("", ""))[1]
    return kind if kind in _NETWORK_FILE_SYSTEMS else None


def _linux_mounts() -> list[tuple[str, str]]:
    try:
        lines = Path("/proc/self/mounts").read_text(errors="replace").splitlines()
    except OSError:
        return []
    octal = re.compile(r"\\([0-7]{3})")
    parts = (line.split(" ") for line in lines)
    return [(octal.sub(lambda m: chr(int(m[1], 8)), p[1]), p[2]) for p in parts if len(p) > 2]


def _listed_mounts() -> list[tuple[str, str]]:
    try:
        listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.SubprocessError):
        return []
    return re.findall(r" on (.+) \((\w+)", listed.stdout)


def _windows_network(folder: Path) -> str | None:
    import ctypes

    remote_drive = 4
    windll = getattr(ctypes, "windll", None)
    if folder.drive.startswith("\\\\"):
        return "SMB"
    if windll is not None and windll.kernel32.GetDriveTypeW(f"{folder.drive}\\") == remote_drive:
        return "SMB"
    return None
