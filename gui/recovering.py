"""What the last run left unsaved: found at the start, offered, and made again when wanted."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import ReportError
from gui import crash
from gui.controller import SessionController
from gui.filing import Filing
from gui.jobs import JobRunner
from gui.locking import Locking
from gui.offers import HEADERS, Offer, all_offers, edit_rows
from gui.remarks import Remark, Remarks
from gui.views.information_bar import Kind


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
        # What shall be shown beside the report that is being opened.
        self._wanted: Offer | None = None
        self._beside: Offer | None = None
        self._finding = JobRunner(self)
        self._finding.succeeded.connect(self._on_found)
        self._finding.failed.connect(self._on_failed)
        self._listing = JobRunner(self)
        self._listing.failed.connect(self._on_failed)
        self._listing.succeeded.connect(self._on_listed)
        remarks.sources.append(self._remark)
        controller.session_opened.connect(self._on_session_opened)
        controller.session_closed.connect(self.load)
        controller.opening_failed.connect(self._on_opening_ended)
        controller.opening_cancelled.connect(self._on_opening_ended)

    @Slot()
    def load(self) -> None:
        """Look for journals, off the window's thread."""
        self._finding.start(lambda _progress: all_offers())

    def shut_down(self) -> None:
        """Stop all work and wait for it."""
        self._finding.close()
        self._listing.close()

    @Slot(object)
    def restore(self, offer: Offer) -> None:
        """Open the report with its edits; one that has changed is only shown beside them."""
        entry = offer.entry
        if offer.is_changed:
            self._filing.settle(lambda: self._open_beside(offer))
        elif offer.is_missing:
            self._bar.say(Kind.WARNING, f"“{entry.source.name}”：{offer.state}")
        elif holder := self._locking.holder_of(entry.source):
            self._bar.say(Kind.WARNING, holder.sentence)
        else:
            self._filing.recover(entry)

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

    def _open_beside(self, offer: Offer) -> None:
        # Opening ends what is still being opened, and that forgets what was wanted.
        self._controller.open(offer.entry.source)
        self._wanted = offer

    def _forget(self, offer: Offer) -> None:
        self.offers = tuple(each for each in self.offers if each.entry.path != offer.entry.path)
        self.offers_changed.emit(self.offers)

    @Slot()
    def _on_session_opened(self) -> None:
        self._beside, self._wanted = self._wanted, None
        if self._beside is not None:
            self._controller.set_read_only(True)
            self.view(self._beside)
        recovered = self._controller.recovered
        if recovered is None:
            return
        for offer in self.offers:
            if offer.entry.path == recovered.entry.path:
                self._forget(offer)
        self.said.emit(
            self.tr("已恢复 {0} 处修改，还没有保存；每一步都可以撤销").format(recovered.entry.count)
        )

    @Slot()
    def _on_opening_ended(self) -> None:
        self._wanted = None

    def _remark(self) -> Remark | None:
        """Return what is to be said of the report that was opened."""
        session = self._controller.present
        if (beside := self._beside) is not None:
            sentence = self.tr(
                "“{0}”在上次修改之后又被改动过，这里显示的是现在的文件，只供查看；"
                "上次的 {1} 处修改没有套用，仍然保存着。"
            ).format(session.path.name, beside.entry.count)
            verbs = {
                self.tr("查看修改"): lambda: self.view(beside),
                self.tr("开始修改"): lambda: self._filing.open(session.path),
            }
            return Remark(sentence, verbs)
        if self._controller.is_read_only or self._controller.recovered is not None:
            return None
        source = session.path.absolute()
        for offer in self.offers:
            if offer.entry.source == source and offer.can_be_restored:
                return self._offered(offer)
        return None

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
        session = self._controller.session
        # A file named at the start may have been opened before its journal was found.
        if session is not None and not session.is_changed and self._remark() is not None:
            self._remarks.say()

    @Slot(object)
    def _on_listed(self, found: tuple[Offer, list[tuple[str, str, str]]]) -> None:
        offer, rows = found
        about = self.tr("“{0}”上次未保存的修改，按先后排列。").format(offer.entry.source)
        self._filing.dialogs.show_beside(self.tr("上次未保存的修改"), about, HEADERS, rows)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        crash.report(error)
