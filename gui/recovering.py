"""What the last run left unsaved: found at the start, offered, and made again when wanted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import ReportError
from gui import crash
from gui.controller import SessionController
from gui.filing import Filing
from gui.jobs import JobRunner
from gui.locking import Locking
from gui.offers import HEADERS, Offer, all_offers, edit_rows
from gui.open_report import OpenReport
from gui.remarks import Remark, Remarks
from gui.views.information_bar import Kind

# More would not fit into a line.
_MOST_NAMED = 3


class Recovering(QObject):
    """Leads the conversation about journals that were left behind.

    Signals:
        said: A sentence for the status bar.
        offers_changed: What can be recovered now (tuple of Offer).
    """

    said = Signal(str)
    offers_changed = Signal(object)

    def __init__(
        self,
        controller: SessionController,
        filing: Filing,
        locking: Locking,
        remarks: Remarks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._filing = filing
        self._locking = locking
        self._remarks = remarks
        self._bar = remarks.bar
        self.offers: tuple[Offer, ...] = ()
        # What shall be shown beside a report that is being opened, and beside those that are.
        self._wanted: Offer | None = None
        self._beside: dict[OpenReport, Offer] = {}
        # The journals whose reports are being read already.
        self._asked: set[Path] = set()
        self._finding = JobRunner(self)
        self._finding.succeeded.connect(self._on_found)
        self._finding.failed.connect(self._on_failed)
        self._listing = JobRunner(self)
        self._listing.failed.connect(self._on_failed)
        self._listing.succeeded.connect(self._on_listed)
        remarks.sources.append(self._remark)
        controller.report_opened.connect(self._on_report_opened)
        controller.report_closed.connect(self._on_report_closed)
        controller.session_closed.connect(self.load)
        controller.opening_ended.connect(self._on_opening_ended)

    @Slot()
    def load(self) -> None:
        """Look for journals, off the window's thread."""
        self._finding.start(lambda _progress: all_offers())

    def shut_down(self) -> None:
        """Stop all work and wait for it."""
        self._finding.close()
        self._listing.close()

    @Slot(object)
    def restore(self, offer: Offer, *, is_shown: bool = True) -> None:
        """Open the report with its edits; one that has changed is only shown beside them."""
        entry = offer.entry
        if offer.is_changed:
            present = self._controller.report_at(entry.source)
            settling = self._filing.settling
            settling.settle(present, lambda: self._open_beside(offer, present))
        elif offer.is_missing:
            self._bar.say(Kind.WARNING, f"“{entry.source.name}”：{offer.state}")
        elif holder := self._locking.holder_of(entry.source):
            self._bar.say(Kind.WARNING, holder.sentence)
        else:
            self._asked.add(entry.path)
            self._filing.recover(entry, is_shown=is_shown)

    @Slot()
    def restore_rest(self) -> None:
        """Open every report whose edits can be made again, one after another."""
        for place, offer in enumerate(self._rest):
            self.restore(offer, is_shown=place == 0)

    @property
    def _rest(self) -> tuple[Offer, ...]:
        """The offers that can be made good at once."""
        left = (offer for offer in self.offers if offer.entry.path not in self._asked)
        return tuple(offer for offer in left if offer.can_be_restored)

    @Slot(object)
    def view(self, offer: Offer) -> None:
        """List the edits, whatever has become of the report."""
        self._listing.start(lambda _progress: (offer, edit_rows(offer.entry)))

    @Slot(object)
    def give_up(self, offer: Offer) -> None:
        """Remove a journal, if the user is sure."""
        entry = offer.entry
        if not self._filing.dialogs.ask_give_up(entry.source.name, entry.count):
            return
        try:
            entry.discard()
        except ReportError as error:
            retry = self.tr("重试")
            self._bar.say(Kind.ERROR, str(error), **{retry: lambda: self.give_up(offer)})
            return
        self._forget(offer)
        self.said.emit(self.tr("已放弃上次未保存的修改"))

    def _open_beside(self, offer: Offer, present: OpenReport | None) -> None:
        self._wanted = offer
        self._controller.open(offer.entry.source, replaces=present)

    def _forget(self, offer: Offer) -> None:
        self.offers = tuple(each for each in self.offers if each.entry.path != offer.entry.path)
        self.offers_changed.emit(self.offers)

    @Slot(object)
    def _on_report_opened(self, report: OpenReport) -> None:
        wanted = self._wanted
        if wanted is not None and report.is_at(wanted.entry.source):
            self._wanted, self._beside[report] = None, wanted
            self._controller.set_read_only(True, report)
            self.view(wanted)
        recovered = report.recovered
        if recovered is None:
            return
        for offer in self.offers:
            if offer.entry.path == recovered.entry.path:
                self._forget(offer)
        self.said.emit(
            self.tr("已恢复 {0} 处修改，还没有保存；每一步都可以撤销").format(recovered.entry.count)
        )

    @Slot(object)
    def _on_report_closed(self, report: OpenReport) -> None:
        self._beside.pop(report, None)

    @Slot()
    def _on_opening_ended(self) -> None:
        self._wanted = None
        self._asked.clear()

    def _remark(self, report: OpenReport) -> Remark | None:
        """Return what is to be said of a report that was opened."""
        if (beside := self._beside.get(report)) is not None:
            return self._about_changed(report, beside)
        if report.recovered is not None:
            return self._about_rest()
        if report.is_read_only:
            return None
        source = report.path.absolute()
        for offer in self.offers:
            if offer.entry.source == source and offer.can_be_restored:
                return self._offered(offer)
        return None

    def _about_changed(self, report: OpenReport, beside: Offer) -> Remark:
        sentence = self.tr(
            "“{0}”在上次修改之后又被改动过，这里显示的是现在的文件，只供查看；"
            "上次的 {1} 处修改没有套用，仍然保存着。"
        ).format(report.path.name, beside.entry.count)
        verbs = {
            self.tr("查看修改"): lambda: self.view(beside),
            self.tr("开始修改"): lambda: self._filing.reload(report),
        }
        return Remark(sentence, verbs)

    def _about_rest(self) -> Remark | None:
        """Offer the other reports too, whose list is out of sight once one is open."""
        names = [f"“{offer.entry.source.name}”" for offer in self._rest]
        if not names:
            return None
        listed = "、".join(names[:_MOST_NAMED]) + ("等" if len(names) > _MOST_NAMED else "")
        sentence = self.tr("还有 {0} 份报告上次有未保存的修改：{1}。").format(len(names), listed)
        return Remark(sentence, {self.tr("恢复其余 {0} 份").format(len(names)): self.restore_rest})

    def _offered(self, offer: Offer) -> Remark:
        sentence = self.tr("这份报告上次有未保存的修改（{0}）。").format(
            offer.headline(datetime.now())
        )
        verbs = {
            self.tr("恢复修改"): lambda: self.restore(offer),
            self.tr("查看"): lambda: self.view(offer),
        }
        return Remark(sentence, verbs)

    @Slot(object)
    def _on_found(self, offers: tuple[Offer, ...]) -> None:
        self.offers = offers
        self.offers_changed.emit(offers)
        report = self._controller.shown
        # A file named at the start may have been opened before its journal was found.
        if report is not None and not report.session.is_changed and self._remark(report):
            self._remarks.say()

    @Slot(object)
    def _on_listed(self, found: tuple[Offer, list[tuple[str, str, str]]]) -> None:
        offer, rows = found
        about = self.tr("“{0}”上次未保存的修改，按先后排列。").format(offer.entry.source)
        self._filing.dialogs.show_beside(self.tr("上次未保存的修改"), about, HEADERS, rows)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        crash.report(error)
