"""From the text of ``stock.yaml`` to a site's log, or to everything that is wrong with the text.

site: Shanghai
events:
  - {on: 2026-03-01, event: received, product: regorafenib, lot: A7, expires: 2027-05-31, packs: 20}
"""

from __future__ import annotations

from scheduler.errors import InvalidText
from scheduler.findings import Finding, Severity, nearest_known
from scheduler.patient.events.fields import Text
from scheduler.said import Quoted, said
from scheduler.source.reading import read_yaml
from scheduler.source.validation import validate
from scheduler.stock.events import AnyStockEvent
from scheduler.stock.log import StockLog, StockRecord
from scheduler.stock.products import Stocked
from scheduler.stock.remarks import wrong_with
from scheduler.written import Written


class StockText(Written):
    """A whole ``stock.yaml``."""

    site: Text | None = None
    """The site's name; without it, the study's own site."""
    events: tuple[AnyStockEvent, ...] = ()
    """What happened to the stock, in the order of recording; the first is event 1."""


def parse_stock(text: str, *, name: str, sites: tuple[str, ...], stocked: Stocked) -> StockLog:
    """The site's log that this text describes; ``name`` is the file's name in the findings.

    ``sites`` are the names of the study's sites, its own first, and ``stocked`` the protocol's products: what the text names must
    be there. Raises InvalidText with all findings at once.
    """
    node = read_yaml(text, name=name)
    says = validate(node, StockText)
    findings: list[Finding] = []
    site = says.site or sites[0]
    if site not in sites:
        message = said("the study has no site {site}", site=Quoted(site))
        findings.append(
            Finding.of("unknown-site", Severity.ERROR, message, nearest_known(site, sites), node.place("site"))
        )
    records = tuple(
        StockRecord(number, event, node.place("events", number - 1)) for number, event in enumerate(says.events, 1)
    )
    log = StockLog(site, records)
    findings += (found for record in records for found in wrong_with(record, log, stocked))
    if findings:
        raise InvalidText(findings)
    return log
