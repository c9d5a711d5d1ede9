import os
from pathlib import Path
import re
from typing import get_args
from scheduler.patient.events import AnyFact
def test_dump(place):
    out = Path(os.environ["FORMS"]); out.mkdir(exist_ok=True)
    for role in ("investigator", "coordinator", "pharmacist"):
        person = place.somebody(role)
        (out / f"choose-{role}.html").write_text(re.sub(r'value="[\w-]{30,}"', "", person.get("/subjects/EXP-001/record").text))
        for kind in get_args(AnyFact):
            word = kind.model_fields["event"].default
            page = person.get(f"/subjects/EXP-001/record?event={word.replace(' ', '+')}")
            (out / f"{word}-{role}.html").write_text(str(page.status_code) + re.sub(r'value="[\w-]{30,}"', "", page.text))
