"""Install the complaint desk from this folder, without a network: `python3 install.py [FOLDER]`.

Plain Python 3, standard library only. Checks every file against SHA256SUMS, makes an environment in FOLDER
(by default `complaint-desk` in your home folder) and installs the wheels beside this file into it. Running it
again brings the environment there up to this version; complaints are kept elsewhere and are not touched.
"""

from __future__ import annotations

import hashlib
import json
import locale
import os
import platform
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
SENTENCES = {
    "wrong_python": (
        "这个安装包是给 Python {wanted} 的,这里是 {found}。什么都没有改。请用 Python {wanted} 运行。",
        "This archive is for Python {wanted}; this is {found}. Nothing was changed. Use Python {wanted}.",
    ),
    "wrong_machine": (
        "这个安装包是给 {wanted} 的,这台电脑不是。什么都没有改。请换对应的安装包。",
        "This archive is for {wanted}, and this PC is another kind. Nothing was changed. Take the archive for it.",
    ),
    "damaged": (
        "文件 {name} 缺失或损坏。什么都没有改。请重新拷贝整个安装包。",
        "The file {name} is missing or damaged. Nothing was changed. Copy the whole archive again.",
    ),
    "foreign": (
        "{folder} 里已有别的东西。什么都没有改。请另选一个文件夹:install.py 文件夹",
        "There is something else in {folder}. Nothing was changed. Name another folder: install.py FOLDER",
    ),
    "installing": (
        "文件都已核对。正在把投诉台 {version} 装到 {folder}。",
        "Every file is as it should be. Installing Complaint Desk {version} into {folder}.",
    ),
    "failed": (
        "没有装成:{reason}\n您的投诉记录没有动。腾出空间或换一个文件夹后再运行一次。",
        "Not installed: {reason}\nYour complaints are untouched. Make room or name another folder, then try again.",
    ),
    "done": ("装好了。打开投诉台:\n  {command}", "Done. Open the desk with:\n  {command}"),
}


class NotInstalled(Exception):
    """It cannot be installed here; holds the sentence."""


def sentence(key: str, **values: object) -> str:
    """The sentence of this name in the language of the account."""
    told = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    if not told:
        told = locale.getlocale()[0] or ""
    return SENTENCES[key][0 if told.startswith(("zh", "Chinese")) else 1].format(**values)


def look(about: dict[str, str]) -> None:
    """Refuse another Python, another kind of PC, a file that is not as it was packed."""
    found = "{}.{}".format(*sys.version_info[:2])
    if found != about["python"]:
        raise NotInstalled(sentence("wrong_python", wanted=about["python"], found=found))
    if (sys.platform, platform.machine().lower()) != (about["sys_platform"], about["machine"].lower()):
        raise NotInstalled(sentence("wrong_machine", wanted=about["target"]))
    for line in (HERE / "SHA256SUMS").read_text("utf-8").splitlines():
        wanted, name = line.split("  ", 1)
        path = HERE / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
            raise NotInstalled(sentence("damaged", name=name))


def install(folder: Path, about: dict[str, str]) -> Path:
    """Make the environment and fill it; returns the command that opens the desk."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").exists():
        raise NotInstalled(sentence("foreign", folder=folder))
    print(sentence("installing", version=about["version"], folder=folder), flush=True)
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(folder)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    wheels = sorted((HERE / "wheels").glob("*.whl"))
    pip = next(wheel for wheel in wheels if wheel.name.startswith("pip-"))
    command = [str(python), str(pip / "pip"), "install", "--quiet", "--no-index", "--no-deps", "--compile"]
    command += ["--force-reinstall", "--disable-pip-version-check", "--no-warn-script-location"]
    outcome = subprocess.run(
        [*command, *(str(wheel) for wheel in wheels if wheel != pip)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if outcome.returncode:
        raise NotInstalled(sentence("failed", reason=outcome.stdout.strip()))
    return scripts / ("complaint-desk.exe" if os.name == "nt" else "complaint-desk")


def main() -> int:
    """Install, and say how to open the desk; 1 with a sentence where that cannot be done."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path.home() / "complaint-desk").absolute()
    try:
        about = json.loads((HERE / "bundle.json").read_text("utf-8"))
        look(about)
        command = install(folder, about)
    except NotInstalled as reason:
        print(reason, file=sys.stderr)
        return 1
    except OSError as error:
        print(sentence("failed", reason=error.strerror or error), file=sys.stderr)
        return 1
    print(sentence("done", command=command))
    return 0


if __name__ == "__main__":
    sys.exit(main())
