"""How to subscribe in the calendar programs that people have, in the language of whoever will read the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from scheduler.said import Said, said


@dataclass(frozen=True, slots=True)
class Instruction:
    """One program: its name, what to do there step by step, and the address of a page that does it; None where there is none."""

    program: str
    steps: tuple[Said, ...]
    link: str | None = None


_FROM_ADDRESS = said("Choose to add a calendar from an address (URL), and paste the address.")


def instructions_for(address: str, name: Said) -> tuple[Instruction, ...]:
    """The programs, the ones that most people have first. ``name`` is what the calendar may be called there.

    Google and Outlook fetch a calendar themselves and reach no address of one computer alone: their own pages are offered
    only where the address is secret on its way. Google's takes the address by hand.
    """
    outside = address.startswith("https://")
    google = "https://calendar.google.com/calendar/r/settings/addbyurl"
    outlook = f"https://outlook.office.com/calendar/addfromweb?url={quote(address, safe='')}"
    return (
        Instruction(
            "Apple (iPhone, iPad, Mac)",
            (
                said("Point the camera at the code, or open the address on the device."),
                said("Choose to subscribe, and give the calendar a name: {name}.", name=name),
                said("In its settings choose how often it is fetched: every hour."),
            ),
        ),
        Instruction(
            "Google Calendar",
            (
                said(
                    "Open Google Calendar on a computer: the app on the phone cannot add it, and shows it afterwards."
                ),
                said("Beside 'Other calendars' press +. {how}", how=_FROM_ADDRESS),
                said("Google fetches it some times a day, and not when it is asked to."),
            ),
            google if outside else None,
        ),
        Instruction(
            "Outlook",
            (
                said("Open the calendar and choose 'Add calendar', then 'Subscribe from web'."),
                said("Paste the address, and give the calendar a name: {name}.", name=name),
            ),
            outlook if outside else None,
        ),
        Instruction(
            "Android",
            (
                said("With Google Calendar: do it on a computer, as above; then it is on the phone too."),
                said("Without a Google account: install ICSx5, press +, and paste the address."),
            ),
        ),
        Instruction(
            "Thunderbird",
            (
                said("Choose 'New calendar', then 'On the network', and paste the address as its location."),
                said("No name and no password are asked for: leave them empty."),
            ),
        ),
    )
