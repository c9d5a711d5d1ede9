"""A page that stands alone: one file with its own style, no script, nothing fetched, and a policy that forbids anything else."""

from __future__ import annotations

import base64
import hashlib

from scheduler.exports.markup import Markup, element, together
from scheduler.exports.picture.colours import (
    ALARM,
    GRID,
    HOLD,
    HOLD_PAPER,
    HOLIDAY,
    INK,
    PAPER,
    PICTURE_STYLE,
    QUIET,
    WEEKEND,
)

PAGE_STYLE = f"""\
:root{{color-scheme:light}}
*{{box-sizing:border-box}}
html{{-webkit-text-size-adjust:100%;scroll-behavior:smooth}}
body{{margin:0;background:#faf9f6;color:{INK};font:15px/1.5 "Helvetica Neue",Helvetica,Arial,"Liberation Sans","Noto Sans",
  "Noto Sans SC","PingFang SC","Microsoft YaHei","WenQuanYi Micro Hei",sans-serif;font-variant-numeric:tabular-nums}}
main,.mast,footer{{max-width:82rem;margin:0 auto;padding:0 1.5rem}}
.mast{{padding-top:2.25rem;padding-bottom:.5rem}}
.study{{margin:0;font-size:.8rem;letter-spacing:.08em;text-transform:uppercase;color:{QUIET}}}
h1{{margin:.1rem 0 0;font-size:2.3rem;line-height:1.15;font-weight:700;letter-spacing:-.015em}}
.about{{margin:.35rem 0 0;max-width:60rem;color:{QUIET}}}
h2{{margin:2.5rem 0 .8rem;font-size:1.2rem;line-height:1.3;letter-spacing:-.005em}}
section:first-child>h2{{margin-top:1.2rem}}
h2 small{{font-weight:400;font-size:.85rem;color:{QUIET};margin-left:.5rem}}
a{{color:{INK};text-underline-offset:2px;text-decoration-color:#9aa5aa}}
a:hover{{text-decoration-color:{INK}}}
a:focus-visible{{outline:2px solid {INK};outline-offset:2px}}
.facts{{display:flex;flex-wrap:wrap;gap:.4rem 2.4rem;margin:1.1rem 0 0;padding:.9rem 0;border-top:2px solid {INK}}}
.facts dt{{font-size:.74rem;color:{QUIET}}}
.facts dd{{margin:0;font-weight:600}}
.facts dd small{{font-weight:400;font-size:.8rem;color:{QUIET}}}
.coming{{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.8rem;margin:0;padding:0;list-style:none}}
.coming li{{background:{PAPER};border:1px solid {GRID};border-top:3px solid {INK};border-radius:0 0 6px 6px;padding:.7rem .9rem}}
.coming .when{{display:block;font-weight:700}}
.coming .away{{font-size:.8rem;color:{QUIET}}}
.coming ul{{margin:.35rem 0 0;padding:0;list-style:none;font-size:.88rem}}
.coming li li{{border:0;padding:0}}
.listed{{margin:0;padding:0;list-style:none;border-top:1px solid {GRID}}}
.listed>li{{display:grid;grid-template-columns:7rem 1fr;gap:0 1rem;padding:.65rem 0;border-bottom:1px solid {GRID}}}
.listed p{{margin:0}}
.listed .quiet,.quiet{{color:{QUIET};font-size:.85rem}}
.word{{font-weight:700;font-size:.8rem}}
.word.error{{color:{ALARM}}}
.word.warning,.word.held,.word.awaiting{{color:{HOLD}}}
.sheet{{overflow-x:auto;background:{PAPER};border:1px solid {GRID};border-radius:6px}}
table{{width:100%;border-collapse:collapse;font-size:.87rem;line-height:1.42}}
caption{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
th,td{{padding:.5rem .7rem;text-align:left;vertical-align:top}}
thead th{{font-size:.74rem;font-weight:600;color:{QUIET};border-bottom:1.5px solid {INK};white-space:nowrap}}
thead th.long{{white-space:normal;min-width:9rem;vertical-align:bottom}}
tbody tr+tr>*{{border-top:1px solid #ecebe6}}
tbody th[scope=row]{{font-weight:600;white-space:nowrap}}
tbody th[scope=rowgroup]{{padding:1.15rem .7rem .35rem;font-size:1rem;border-top:1px solid {GRID}}}
tbody:first-of-type th[scope=rowgroup]{{border-top:0}}
td.day,td.window,td.status{{white-space:nowrap}}
td.dose{{min-width:7rem}}
td.dose span{{display:block}}
td.why{{min-width:16rem;max-width:30rem;color:{QUIET};font-size:.82rem}}
td.why p{{margin:0}}
td.what{{min-width:15rem}}
td.what b{{font-weight:600}}
.id{{font:.78rem/1.4 ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;color:{QUIET}}}
.activities{{display:block;font-size:.8rem;color:{QUIET}}}
.since{{display:block;font-size:.78rem;color:{QUIET}}}
.flag{{display:block;white-space:normal;font-size:.78rem;color:{HOLD}}}
tr.now td{{background:#fbefed;color:{ALARM};font-weight:600;padding-top:.3rem;padding-bottom:.3rem}}
tr.cancelled th[scope=row],tr.cancelled td.what b{{text-decoration:line-through;text-decoration-thickness:1px;font-weight:400}}
tr.held>*{{background:{HOLD_PAPER}}}
tr:target>*{{background:#fff3c4}}
tr.done .word{{color:{INK}}}
tr.planned .word,tr.cancelled .word{{font-weight:400;color:{QUIET}}}
tr.not-done .word{{color:{ALARM}}}
.months{{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(38rem,100%),1fr));align-items:start;gap:1.8rem 1.6rem}}
.months table{{table-layout:fixed;background:{PAPER};font-size:.74rem;line-height:1.3}}
.months caption{{position:static;width:auto;height:auto;clip-path:none;padding:.2rem 0 .4rem;
  text-align:left;font-size:.95rem;font-weight:600}}
.months th{{padding:.25rem .35rem}}
.months td{{height:3.6rem;padding:.25rem .35rem;border:1px solid {GRID};overflow-wrap:break-word}}
.months td.out{{border:0;background:#faf9f6}}
.months td.weekend{{background:{WEEKEND}}}
.months td.closed{{background:{HOLIDAY}}}
.months td.today{{outline:2px solid {ALARM};outline-offset:-2px}}
.months time{{color:{QUIET}}}
.months td a{{display:block;font-weight:600;text-decoration:none}}
.months td a:hover{{text-decoration:underline}}
.months .cancelled{{text-decoration:line-through;font-weight:400}}
.months .tablets{{display:block;margin-top:.1rem;padding:0 .25rem;border-radius:2px;
  white-space:nowrap;overflow:hidden;text-overflow:ellipsis}}
.months .tablets.held,.months .tablets.not-done,
.months .tablets.cancelled,.months .tablets.undecided{{border:1px dashed {QUIET};color:{HOLD}}}
.files{{display:flex;flex-wrap:wrap;gap:.4rem 2rem;margin:0;padding:.8rem 0;list-style:none;border-top:1px solid {GRID}}}
td.amount{{text-align:right;white-space:nowrap}}
footer{{margin-top:3rem;padding-top:1rem;padding-bottom:2.5rem;font-size:.8rem;color:{QUIET}}}
.strips{{display:none}}
@media (max-width:46rem){{
main,.mast,footer{{padding-left:1rem;padding-right:1rem}}
h1{{font-size:1.8rem}}
.listed>li{{grid-template-columns:1fr}}
.sheet{{border:0;background:none}}
.dates,.dates tbody,.dates tr,.dates td,.dates th{{display:block}}
.dates thead{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}
.dates tbody tr{{background:{PAPER};border:1px solid {GRID};border-radius:6px;margin:.5rem 0;padding:.5rem .8rem}}
.dates tbody tr.month{{background:none;border:0;padding:0;margin-top:1.2rem}}
.dates tbody tr.month th{{padding:0}}
.dates tr+tr>*{{border:0}}
.dates td,.dates th{{padding:.1rem 0}}
.dates td.why{{max-width:none}}
.dates td:empty{{display:none}}
.dates th[scope=row],.dates td.day{{display:inline-block;margin-right:.7rem}}
.dates th[scope=row] br{{display:none}}
.dates tbody th[scope=rowgroup]{{border:0}}
.dates td[data-label]::before{{content:attr(data-label) "  ";color:{QUIET};font-size:.78rem}}
.dates tr.held{{background:{HOLD_PAPER}}}
}}
.cases td a{{margin-right:.8rem}}
"""

PRINT_STYLE = f"""\
@media print{{
@page{{size:A4 landscape;margin:12mm}}
body{{background:{PAPER};font-size:9.5pt}}
main,.mast,footer{{max-width:none;padding:0}}
.mast{{padding-top:0}}
h1{{font-size:20pt}}
h2{{break-after:avoid;margin-top:1.4rem}}
.for-screen,.picture .scroll{{display:none}}
.strips{{display:block}}
.strip,.months table{{break-inside:avoid;margin:0 0 6mm}}
.months{{display:block;columns:2}}
.sheet{{border:0;overflow:visible}}
table{{font-size:8pt}}
thead{{display:table-header-group}}
tr,.listed>li,.coming li{{break-inside:avoid}}
th,td{{padding:.25rem .4rem}}
.picture .weekend,.picture .holiday,.picture .bar,.picture .held,tr.held>*{{
  print-color-adjust:exact;-webkit-print-color-adjust:exact}}
a{{text-decoration:none}}
}}
"""

STYLE = PAGE_STYLE + PICTURE_STYLE + PRINT_STYLE


def page(title: str, *inside: Markup | None, language: str = "en") -> str:
    """A whole HTML document. Its policy allows the one style sheet in it, by its digest, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    document = element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", http_equiv="Content-Security-Policy", content=policy),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="referrer", content="no-referrer"),
            element("meta", name="robots", content="noindex"),
            element("title", title),
            element("style", Markup(STYLE)),
        ),
        element("body", together(*inside)),
        lang=language,
    )
    return f"<!doctype html>\n{document}\n"
