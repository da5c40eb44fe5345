import type { Group, Row, Value } from "../../wire/types";
import { metricText, rangeText, valueNamed } from "../../part/words";

/** A column of the list. */
export interface Column {
  name: string; // of the value, or of a column of our own
  title: string;
  kind: "select" | "job" | "value" | "metric" | "state" | "done" | "time" | "host" | "what";
  track: string; // of the grid
  sort?: string;
  tellsCause?: boolean; // a state that also tells why a job has failed, because no column does
}

const CHARACTER = 7.4;
const LEAST = 52;
const MOST = 190;
/** On phones, only what says which job it is, and how it is. */
const NARROW = 700;

/** What the columns other than values need, by the width of the list. */
const OWN = 62 + 190 + 190 + 92 + 76;
const HOST = 84;
const WHAT = 200;

/** Returns the widths that values need, by column; never less than before, so that nothing moves. */
export function valueWidths(names: readonly string[], rows: Iterable<Row>, before: ReadonlyMap<string, number>, groups: readonly Group[] = []): Map<string, number> {
  const widths = new Map(names.map((name) => [name, Math.max(before.get(name) ?? 0, widthOf(name))]));
  for (const { ranges } of groups) {
    for (const name of names) {
      widths.set(name, Math.max(widths.get(name) ?? 0, widthOf(rangeText(valueNamed(ranges, name)))));
    }
  }
  for (const row of rows) {
    for (const name of names) {
      widths.set(name, Math.max(widths.get(name) ?? 0, widthOf(metricText(valueIn(row, name)))));
    }
  }
  return widths;
}

/** Returns the value of a column in a row. The type is one too, where no group tells it. */
export function valueIn(row: Row, name: string): Value | undefined {
  return name === "type" ? row.type : valueNamed(row.values, name);
}

function widthOf(text: string): number {
  return Math.min(MOST, Math.max(LEAST, Math.ceil(text.length * CHARACTER) + 18));
}

/** Returns the columns that fit; `hidden` counts the values that do not. */
export function columnsFor(
  width: number,
  names: readonly string[],
  metrics: readonly string[],
  widths: ReadonlyMap<string, number>,
): { columns: Column[]; hidden: number } {
  if (width < NARROW) {
    return { columns: narrow(), hidden: names.length };
  }
  const hasHost = width >= 900;
  let free = width - OWN - WHAT - (hasHost ? HOST : 0);
  const shown: string[] = [];
  for (const name of names) {
    free -= widths.get(name) ?? LEAST;
    if (free < 0) {
      break;
    }
    shown.push(name);
  }
  const value = (name: string): Column => ({
    name,
    title: name,
    kind: metrics.includes(name) ? "metric" : "value",
    track: `${widths.get(name) ?? LEAST}px`,
    sort: name,
  });
  const columns: Column[] = [
    { name: "", title: "", kind: "select", track: "62px" },
    { name: "id", title: "Group or job", kind: "job", track: "minmax(150px, 190px)" },
    ...shown.filter((name) => !metrics.includes(name)).map(value),
    { name: "state", title: "State", kind: "state", track: "minmax(190px, 1fr)", sort: "state" },
    { name: "", title: "Done", kind: "done", track: "92px" },
    ...shown.filter((name) => metrics.includes(name)).map(value),
    { name: "time", title: "Time", kind: "time", track: "76px", sort: "time" },
    ...(hasHost ? [{ name: "host", title: "Host", kind: "host", track: `${HOST}px`, sort: "host" } as const] : []),
    { name: "error", title: "What", kind: "what", track: "minmax(180px, 1fr)" },
  ];
  return { columns, hidden: names.length - shown.length };
}

function narrow(): Column[] {
  return [
    { name: "", title: "", kind: "select", track: "40px" },
    { name: "id", title: "Group or job", kind: "job", track: "116px" },
    { name: "state", title: "State", kind: "state", track: "minmax(80px, 1fr)", sort: "state", tellsCause: true },
    { name: "", title: "Done", kind: "done", track: "82px" },
  ];
}

/** Returns the order after a click on the head of a column: ascending, descending, and none of one's own. */
export function nextSort(sort: string | undefined, name: string): string | undefined {
  return sort === name ? `-${name}` : sort === `-${name}` ? undefined : name;
}
