"""What the set-up says, in Chinese and English: the desk's catalogues are not at hand before it is installed."""

# ruff: noqa: E501 - sentences are broken where they read well

import locale
import os
import sys
from collections.abc import Mapping, Sequence

SENTENCES = {
    "making": (
        "正在准备运行环境(.venv)。只有第一次需要。",
        "Making the desk's own Python environment (.venv). Only the first time needs this.",
    ),
    "making_anew": (
        "运行环境({reason}),正在重新建立 .venv。",
        "The environment {reason}: making .venv anew.",
    ),
    "interrupted": ("上次安装被中断", "was left half-installed by an interruption"),
    "broken": ("缺少 Python", "has lost its Python"),
    "installing": (
        "正在安装 {lock} 里的 {count} 个组件,每个都按校验和核对。缺少的要从网络取,通常一两分钟。",
        "Installing the {count} packages of {lock}, each checked against its hash. "
        "What is not here yet comes over the network, usually in a minute or two.",
    ),
    "collecting": (
        "取组件 {done}/{count}:{name},已 {seconds} 秒",
        "Package {done} of {count}: {name}, {seconds} s",
    ),
    "unpacking": (
        "正在装入 {count} 个组件,已 {seconds} 秒",
        "Putting {count} packages in place, {seconds} s",
    ),
    "project": ("正在装入投诉台本身。", "Putting the desk itself in place."),
    "compiling": ("正在预编译,让投诉台打开得快。", "Compiling, so that the desk opens fast."),
    "ready": ("装好了,用了 {seconds} 秒。", "Done in {seconds} s."),
    "waiting": (
        "另一个窗口正在安装,等它装完。",
        "Another window is installing at this moment; waiting for it.",
    ),
    "stopped": (
        "已停下。下次运行会从头装好,已下载的组件不用再下载。",
        "Stopped. The next run sets it up properly; what was downloaded need not be downloaded again.",
    ),
    "log": ("全部细节在 {log}", "Every detail is in {log}"),
    "kept": (
        "您的数据没有动,已经装好的组件仍在。",
        "Your data are untouched, and the packages already in place are still there.",
    ),
    "no_network": (
        "取不到组件:连不上软件源。\n"
        "  怎么办:检查网络后再运行同一条命令;公司有代理就先设 HTTPS_PROXY,有内部源就设 PIP_INDEX_URL;\n"
        "  没有网络的电脑:在有网络的电脑上用 scripts/bundle.py 生成安装包,拷来运行其中的 install.py。",
        "The packages cannot be fetched: the package index does not answer.\n"
        "  What to do: check the network and run the same command again. Behind a proxy set HTTPS_PROXY; with an index\n"
        "  of your own set PIP_INDEX_URL. For a PC without a network make an archive with scripts/bundle.py on a PC\n"
        "  that has one, copy it there, and run its install.py.",
    ),
    "not_found": (
        "软件源里没有 {lock} 要的某个版本,或没有适合这个 Python 的成品。\n"
        "  怎么办:换一个更新更全的源(PIP_INDEX_URL),或换用 64 位的 Python 3.11 至 3.14,再运行同一条命令。",
        "The package index lacks a version that {lock} asks for, or a build of it for this Python.\n"
        "  What to do: use a more complete index (PIP_INDEX_URL) or a 64-bit Python 3.11 to 3.14, "
        "and run the same command again.",
    ),
    "certificate": (
        "网络通了,但对方的证书不被信任。多半是公司代理:把它的根证书文件设为 PIP_CERT,再运行同一条命令。",
        "The network answers, but with a certificate that is not trusted. That is usually a company proxy:\n"
        "  set PIP_CERT to its root certificate file and run the same command again.",
    ),
    "wrong_hash": (
        "有一个组件与 {lock} 里的校验和不符,没有安装。不要绕过:换一个网络或源再试,仍不符请告诉维护者。",
        "A package does not match its hash in {lock}, so nothing was installed. Do not work around this:\n"
        "  try another network or index, and if it still differs, tell the maintainers.",
    ),
    "no_compiler": (
        "有一个组件没有适合这台电脑的成品,要从源码编译,而这里没有编译器。\n"
        "  怎么办:换用 64 位的 Python 3.11 至 3.14(成品最全);或装编译器——Debian/Ubuntu:\n"
        "  `sudo apt install build-essential python3-dev`;macOS:`xcode-select --install`;Windows:Visual Studio\n"
        "  Build Tools 的“使用 C++ 的桌面开发”。然后再运行同一条命令。\n"
        "  用 Rust 写的组件这里不编译,只能用第一种办法。",
        "A package has no ready-made build for this computer and must be compiled, but no working compiler is here.\n"
        "  What to do: use a 64-bit Python 3.11 to 3.14, for which ready-made builds exist; or install a compiler:\n"
        "  Debian/Ubuntu `sudo apt install build-essential python3-dev`, macOS `xcode-select --install`,\n"
        "  Windows the “Desktop development with C++” part of Visual Studio Build Tools. Then run the same command again.\n"
        "  What is written in Rust is not compiled here: for it only the first way helps.",
    ),
    "disk_full": (
        "磁盘满了。约需 {megabytes} MB,腾出空间后再运行同一条命令。",
        "The disk is full. About {megabytes} MB are needed; make room and run the same command again.",
    ),
    "not_writable": (
        "不能在这个文件夹里写入:{path}。把整个文件夹拷到您自己的目录下再运行。",
        "This folder cannot be written to: {path}. Copy the whole folder to a place of your own and run it there.",
    ),
    "no_venv": (
        "这个 Python 缺少 venv,也没有 pip,建不了运行环境。\n"
        "  怎么办:Debian/Ubuntu:`sudo apt install python3-venv`;其它系统:从 Python 官方安装包装 Python 3.11 或更新。",
        "This Python has neither the means to make an environment (venv with ensurepip) nor pip.\n"
        "  What to do: on Debian/Ubuntu `sudo apt install python3-venv`; elsewhere install Python 3.11 or newer\n"
        "  from its official installer. Then run the same command again.",
    ),
    "lock_missing": (
        "缺少 {lock}。请重新取一份完整的项目。",
        "{lock} is missing. Fetch the whole project again.",
    ),
    "failed": (
        "安装没有成功。最后几行是:\n{tail}\n  怎么办:再运行一次同一条命令;仍不行,请把 {log} 发给维护者。",
        "The installation did not succeed. Its last lines were:\n{tail}\n"
        "  What to do: run the same command once more; if it fails again, send {log} to the maintainers.",
    ),
    "bundle_made": (
        "已生成 {file}:{count} 个组件,{megabytes} MB。拷到那台电脑,解开后运行其中的 install.py。",
        "Written: {file}, {count} packages, {megabytes} MB. Copy it to the PC, unpack it, and run its install.py.",
    ),
    "bundle_failed": (
        "没有生成安装包,原来的文件没有动。原因见下面 pip 的话。",
        "No archive was made, and nothing was overwritten. What pip said about it:",
    ),
    "bundle_not_written": (
        "{file} 写不成({reason})。请用 -o 另选一个地方。",
        "{file} cannot be written ({reason}). Name another place with -o.",
    ),
    "bundle_readme": (
        "投诉台 {version},用于 {target} 和 Python {python},不需要网络。\n"
        "安装:在这个文件夹里运行  python3 install.py  (Windows:py -{python} install.py)\n"
        "它先核对每个文件,再装到您的主文件夹下的 complaint-desk;后面写上别的文件夹就装到那里。",
        "Complaint Desk {version} for {target} and Python {python}. No network is needed.\n"
        "To install, run in this folder:  python3 install.py  (Windows: py -{python} install.py)\n"
        "It checks every file, then installs into complaint-desk in your home folder, or into the folder you name.",
    ),
}


def speaks_chinese(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> bool:
    """Whether to speak Chinese: as `--lang` asks, else as the user's locale says."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if word == "--lang":
            return following.startswith("zh")
        if word.startswith("--lang="):
            return word.removeprefix("--lang=").startswith("zh")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return environment[name].startswith("zh")
    try:
        locale.setlocale(locale.LC_CTYPE, "")
        return (locale.getlocale()[0] or "").startswith(("zh", "Chinese"))
    except (locale.Error, ValueError):
        return False


def sentence(name: str, /, **values: object) -> str:
    """The sentence of this name in the user's language, its places filled."""
    return SENTENCES[name][0 if speaks_chinese(sys.argv[1:]) else 1].format(**values)


def say(name: str, /, **values: object) -> None:
    """Tell the person at the terminal; standard output is left to the desk."""
    print(sentence(name, **values), file=sys.stderr, flush=True)
