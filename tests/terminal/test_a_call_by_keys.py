"""A whole call through a real terminal, with keys alone."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

TOLD = {
    "phone": "138 0013 8000",
    "caller": "王芳",
    "when": "昨天下午3点",
    "where": "南山店 收银台2号",
    "who": "收银员小李",
    "what": "结账多收了两瓶酱油的钱,一共多扣38元",
    "how": "当场说系统没错,让我回去自己查",
    "remedy_wanted": "退回38元",
}


def _shown(tmp_path: Path, *arguments: str) -> list[dict[str, Any]]:
    environment = {**os.environ, "COMPLAINT_DESK_SETTINGS": str(tmp_path / "settings.toml")}
    command = (
        sys.executable,
        "-m",
        "complaint_desk",
        "--db",
        str(tmp_path / "desk.db"),
        *arguments,
        "--json",
    )
    answer = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def _take_down(terminal: Any, told: dict[str, str]) -> None:
    terminal.wait_for("电话")
    for words in told.values():
        terminal.send(words)
        terminal.wait_for(lambda screen, end=words[-6:]: end in screen.text)
        terminal.send("tab")


def test_a_chinese_call_typed_by_keys_alone_is_found_by_ticket_show(seat: Any, tmp_path: Path) -> None:
    terminal = seat("--lang", "zh_CN", "--as", "陈静")
    _take_down(terminal, TOLD)
    terminal.send("f5")
    terminal.wait_for("✔倾听")
    terminal.send("ctrl+l")
    terminal.wait_for("理智型")
    terminal.send("2")
    terminal.wait_for("要一个答复")
    terminal.send("B3")
    terminal.wait_for("收银差错")
    terminal.send("enter", "ctrl+s")
    terminal.wait_for("S01-")
    (row,) = _shown(tmp_path, "queue")
    (ticket,) = _shown(tmp_path, "ticket", "show", row["number"])
    assert {name: ticket[name] for name in TOLD if name not in ("phone", "when")} == {
        name: words for name, words in TOLD.items() if name not in ("phone", "when")
    }
    assert ticket["phone"] == "+8613800138000"
    assert ticket["when"]["said"] == "昨天下午3点"
    assert ticket["when"]["precision"] == "hour"
    assert (ticket["type"], ticket["cause"], ticket["missing"]) == ("rational", "cashier_error", [])
    assert list(ticket["heat"]) == ["hear"]


def test_a_call_cut_off_by_a_power_cut_comes_back_with_its_words(seat: Any, tmp_path: Path) -> None:
    terminal = seat("--lang", "zh_CN")
    _take_down(terminal, {"phone": "138 0013 8000", "caller": "周建国"})
    terminal.send("tab", "tab", "tab", "电饭煲跳闸")
    terminal.wait_for("电饭煲跳闸")
    terminal.wait_for("草稿已存")
    terminal.kill()
    again = seat("--lang", "zh_CN")
    again.wait_for("周建国")
    again.send("enter")
    again.wait_for("电饭煲跳闸")
    assert "138 0013 8000" in again.text


def test_the_desk_survives_a_terminal_shrunk_to_forty_by_ten_and_back(seat: Any, tmp_path: Path) -> None:
    terminal = seat("--lang", "en")
    terminal.wait_for("Phone")
    terminal.send("13800138000")
    terminal.wait_for("13800138000")
    terminal.resize(40, 10)
    terminal.settle(0.5)
    terminal.resize(80, 24)
    terminal.wait_for("13800138000")
    terminal.send("f3")
    terminal.wait_for("No ticket is open")
    assert not terminal.ended


def test_what_is_typed_in_one_breath_with_tab_stands_in_the_next_field(seat: Any) -> None:
    terminal = seat("--lang", "en")
    terminal.wait_for("Phone")
    terminal.send("13800138000\tWang Fang\tyesterday 3pm\tNanshan\tXiao Li\tcharged twice")
    terminal.wait_for("charged twice")
    lines = terminal.text.splitlines()
    assert any("13800138000 " in line and "Wang Fang" in line for line in lines)
    assert any(line.strip().startswith("Where") and "Nanshan" in line for line in lines)
    assert any(line.strip().startswith("What") and "charged twice" in line for line in lines)


def test_words_typed_before_the_desk_is_open_are_read_once_it_is(seat: Any) -> None:
    terminal = seat("--lang", "zh_CN")
    terminal.wait_for("电话")
    terminal.send("\t\t\t\t\t", "结账多收了两瓶酱油的钱,收银员扫了两次,多扣了38元")
    terminal.wait_for("B3 收银差错")


def test_words_typed_in_one_breath_with_the_saving_keys_are_all_saved(seat: Any, tmp_path: Path) -> None:
    terminal = seat("--lang", "en")
    terminal.wait_for("Phone")
    words = "Charged twice for two bottles of soy sauce, thirty-eight yuan too much"
    terminal.send("\t\t\t\t\t" + words + "\x13\x13")
    terminal.wait_for("S01-")
    (row,) = _shown(tmp_path, "queue")
    assert row["what"] == words
