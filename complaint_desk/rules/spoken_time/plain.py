"""The caller's words in one plain spelling: simplified, half-width, lower case, without invisible signs."""

import re
import unicodedata

WINDOW = 400
"""Characters read from the start of what was said; a time told later than that is not looked for."""

HAN = "\u3007\u4e00-\u9fff"

_PAIRS = (
    "點点 週周 禮礼 號号 兩两 後后 個个 鐘钟 時时 間间 剛刚 現现 這这 幾几 內内 節节 國国 慶庆 聖圣 誕诞 陽阳 雙双 "
    "過过 來来 約约 裡里 裏里 歲岁 從从 對对 說说 錯错 應应 該该 並并 還还 問问 櫃柜 樓楼 線线 機机 門门 車车 電电 "
    "員员 廳厅 倉仓 貨货 碼码 樣样 飯饭 見见 議议 滿满 勞劳 動动 總总 許许 營营 業业 臘腊 陣阵 經经 歷历"
    " 陰阴 舊旧 農农"
)
_SIMPLIFIED = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_DASH = re.compile(r"[‐‑‒–—―−─﹣~～〜]")
_APOSTROPHE = re.compile(r"[‘’´`ʼ]")
_SPACE_BY_HAN = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}\d])|(?<=\d)\s+(?=[{HAN}])")
_FILLER = re.compile(r"嗯+|呃+|额(?=[,昨前上今周星礼下早晚])|啊+|\b(?:u+m+|u+h+|erm*|hmm+)\b[,\s]*")
_SPACES = re.compile(r"\s+")


def plain(said: str) -> str:
    """Bring what was said into the one spelling that the grammars read; at most `WINDOW` characters of it."""
    text = unicodedata.normalize("NFKC", said[:WINDOW])[:WINDOW].lower()
    text = _UNSEEN.sub(" ", text).translate(_SIMPLIFIED)
    text = _APOSTROPHE.sub("'", _DASH.sub("-", text)).replace("、", ",").replace("。", ".").replace("○", "〇")
    text = _FILLER.sub(" ", text)
    text = _SPACES.sub(" ", text).strip()
    return _SPACE_BY_HAN.sub("", text)


def has_han(text: str) -> bool:
    """Whether any Chinese character is in it."""
    return re.search(rf"[{HAN}]", text) is not None
