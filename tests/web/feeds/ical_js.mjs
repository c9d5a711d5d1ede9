// What ical.js reads in a feed on standard input: the library of Thunderbird's and Nextcloud's calendars. JSON on standard output.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));
const seen = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const modified = component.getFirstPropertyValue("last-modified");
  return {
    uid: event.uid,
    start: event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString(),
    end: event.startDate.isDate ? event.endDate.toString() : null,
    summary: event.summary,
    description: event.description ?? "",
    status: component.getFirstPropertyValue("status"),
    transparency: component.getFirstPropertyValue("transp"),
    sequence: event.sequence,
    modified: modified.toJSDate().toISOString(),
  };
});
process.stdout.write(JSON.stringify(seen));
