"""A county's folder with one of everything that happens, and engines that tests can hold."""

from __future__ import annotations

import tempfile
import threading
import zipfile
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

from core.batch import Wish, batch_of
from core.batch_row import Row
from core.forms.loader import load_form
from tests.core.batch_folders import FORMATS
from tests.core.readers.workbooks import all_on_one_sheet
from tests.core.rules.reports import Changes, consistent, report
from tests.documents.hostile import FILES

YEAR = 2024
TOTAL = "applications.received.total"
RIGHT = int(consistent(load_form("2021").tables["applications"])[TOTAL])
LISTED = ("林业局", "水务局", "教育局", "民政局", "财政局", "交通运输局", "卫生健康委员会")
SAME = (
    "一年来，本机关坚持以公开为常态、不公开为例外，全面推进决策、执行、管理、服务、结果公开。",
    "严格落实信息发布审核制度，做到先审查、后公开，一事一审，确保发布的信息准确、权威。",
    "进一步规范依申请公开办理流程，明确专人负责登记、审核、答复，按时答复每一件申请。",
    "加强政府信息公开平台建设，及时更新网站栏目，方便群众查询和获取政府信息。",
    "组织工作人员参加业务培训，学习有关法规和文件，提高政府信息公开工作能力和水平。",
)
OWN = "本年度在网站主动公开各类信息，依法办理申请，严格审核内容，组织业务培训。"


def agency(name: str) -> str:
    return f"临江县{name}"


def made(name: str, year: int = YEAR, wrong: int = 0, prose: tuple[str, ...] = ()) -> Changes:
    """Return what a report says: with a wrong total, or with the prose of others."""
    slots = {TOTAL: str(RIGHT + wrong)} if wrong else {}
    texts = {"1": ["".join(prose)]} if prose else {"1": [f"{agency(name)}{OWN}"]}
    return Changes(agency=agency(name), year=year, slots=slots, prose=texts)


def put(folder: Path, name: str, kind: str = "html", file: str = "", **changes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{file or agency(name)}.{kind}"
    path.write_bytes(FORMATS[kind](report(made(name, **changes))))
    return path


def county(folder: Path) -> Path:
    """Fill a folder with reports: wrong, alike, twice, of another year, zipped, broken."""
    put(folder, "林业局", "docx", wrong=3)
    put(folder, "水务局", "html", wrong=1)
    put(folder, "教育局", "txt", prose=SAME)
    put(folder, "民政局", "docx", prose=SAME)
    put(folder, "财政局", "html")
    put(folder, "财政局", "html", file="临江县财政局（修改稿）", wrong=2)
    put(folder, "审计局", "html", year=YEAR - 1)
    copy = put(folder, "统计局", "html")
    (folder / "副本").mkdir()
    (folder / "副本" / copy.name).write_bytes(copy.read_bytes())
    sheet = all_on_one_sheet(made("住房和城乡建设局"))
    (folder / "临江县住房和城乡建设局.xlsx").write_bytes(sheet)
    broken(folder)
    with zipfile.ZipFile(folder / "乡镇年报.zip", "w") as archive:
        for name in ("青山镇人民政府", "白水镇人民政府"):
            data = FORMATS["docx"](report(made(name)))
            archive.writestr(f"{agency(name)}.docx", data)
    return folder


def broken(folder: Path) -> None:
    """Put an encrypted, a hostile and a damaged file into a folder."""
    (folder / "临江县信访局（加密）.docx").write_bytes(FILES["encrypted.docx"]())
    (folder / "临江县商务局.docx").write_bytes(FILES["laughs.docx"]())
    (folder / "临江县档案馆.docx").write_bytes(b"PK\x03\x04" + bytes(40))


def names_list(path: Path) -> Path:
    path.write_text("\n".join(("单位名称", *map(agency, LISTED), "临江县住建局")), "utf-8")
    return path


def checked_row(name: str, **changes) -> Row:
    """Return what a check brings of one report, with everything that the window asks for."""
    with tempfile.TemporaryDirectory() as place:
        put(Path(place), name, **changes)
        wish = Wish(findings=True, slots=True, prose=True)
        return next(batch_of(Path(place), wish=wish).run(Serial())).row


class Serial(Executor):
    """Does everything at once, in the thread that asks."""

    def submit(self, fn, /, *args, **kwargs):
        future: Future = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class Gated(ThreadPoolExecutor):
    """Checks some files, and waits with the others until somebody opens the gate."""

    def __init__(self, free: int) -> None:
        super().__init__(1)
        self.gate = threading.Event()
        self._free = free

    def submit(self, fn, /, *args, **kwargs):
        self._free -= 1
        return super().submit(self._work if self._free < 0 else fn, *_with(fn, args, self._free))

    def _work(self, fn, *args):
        self.gate.wait()
        return fn(*args)

    def __exit__(self, *details):
        self.gate.set()
        return super().__exit__(*details)


def _with(fn, args, left):
    return (fn, *args) if left < 0 else args
