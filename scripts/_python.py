"""Ends with a sentence on a Python that is too old. Written so that older ones can read it."""

import shutil
import sys

NEEDED = (3, 11)

if sys.version_info < NEEDED:
    found = [name for name in ("python3.%d" % minor for minor in range(19, 10, -1)) if shutil.which(name)]  # noqa: UP031
    command = " ".join([found[0] if found else "python3.12", *sys.argv])
    sys.stderr.write(
        "需要 Python 3.11 或更新,这里是 {0}.{1}。{2}用它运行:{3}\n"
        "Python 3.11 or newer is needed; this is {0}.{1}. Nothing was changed. {4} and run: {3}\n".format(
            sys.version_info[0],
            sys.version_info[1],
            "" if found else "请先安装。",
            command,
            "There is one here: use it" if found else "Install one",
        )
    )
    sys.exit(1)
