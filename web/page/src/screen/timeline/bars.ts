import type { Counts, State, TimeBar } from "../../wire/types";
import type { Scale } from "../../figure/scale";

/** A bar as it is drawn: one attempt, or several that are too narrow to be told apart. */
export interface Box {
  x: number;
  width: number;
  row: number;
  state: State; // the worst one
  bars: TimeBar[];
}

/** Bars narrower than this are merged with their neighbours. */
export const NARROW = 2;
/** The least width of a box that somebody must see or hit. */
export const LEAST = 5;

const WORST_FIRST: readonly State[] = ["failed", "corrupt", "running", "starting", "queued", "new", "done"];

/** Returns the boxes of a lane between two places; what is outside is left out, what runs ends `now`. */
export function boxesOf(bars: readonly TimeBar[], scale: Scale, now: number): Box[] {
  const shown = bars.filter((bar) => Date.parse(bar.from) <= scale.to && endOf(bar, now) >= scale.from);
  return byRow(shown).flatMap((row) => boxesOfRow(row, scale, now));
}

/** Returns bars or boxes by their row, in the order of the rows. */
export function byRow<T extends { row: number }>(all: readonly T[]): T[][] {
  const rows = new Map<number, T[]>();
  for (const one of all) {
    const row = rows.get(one.row);
    if (row === undefined) {
      rows.set(one.row, [one]);
    } else {
      row.push(one);
    }
  }
  return [...rows.entries()].sort(([a], [b]) => a - b).map(([, row]) => row);
}

function boxesOfRow(bars: readonly TimeBar[], scale: Scale, now: number): Box[] {
  const boxes: Box[] = [];
  let narrow: Box | undefined; // the last box, if its bars are too narrow
  for (const bar of bars.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from))) {
    const x = scale.at(Math.max(scale.from, Date.parse(bar.from)));
    const width = Math.max(0, scale.at(Math.min(scale.to, endOf(bar, now))) - x);
    if (narrow !== undefined && width < NARROW && x <= narrow.x + narrow.width + NARROW) {
      narrow.width = Math.max(narrow.width, x + width - narrow.x);
      narrow.bars.push(bar);
      narrow.state = worse(narrow.state, stateOf(bar));
      continue;
    }
    const box: Box = { x, width, row: bar.row, state: stateOf(bar), bars: [bar] };
    boxes.push(box);
    narrow = width < NARROW ? box : undefined;
  }
  return boxes.map((box) => ({ ...box, width: Math.max(box.width, isBad(box.state) ? LEAST : NARROW) }));
}

/** Returns the end of a bar in milliseconds: that of one which runs is `now`. */
export function endOf(bar: TimeBar, now: number): number {
  return Math.max(bar.to === undefined ? now : Date.parse(bar.to), Date.parse(bar.from));
}

export function isBad(state: State): boolean {
  return state === "failed" || state === "corrupt";
}

function worse(a: State, b: State): State {
  return WORST_FIRST.indexOf(a) <= WORST_FIRST.indexOf(b) ? a : b;
}

/** Returns what distinguishes an attempt from all others of the timeline. */
export function keyOf(bar: TimeBar): string {
  return `${bar.job.job} ${bar.from}`;
}

/** Returns the box in which an attempt is. */
export function boxOf(boxes: readonly Box[], key: string | undefined): Box | undefined {
  return boxes.find((box) => box.bars.some((bar) => keyOf(bar) === key));
}

/** Returns the numbers of jobs of a box by state; the server may have merged some bars before. */
export function countsOf(box: Box): Counts {
  const counts: Counts = {};
  for (const bar of box.bars) {
    for (const [state, count] of Object.entries(bar.merged ?? { [bar.job.state]: 1 }) as [State, number][]) {
      counts[state] = (counts[state] ?? 0) + count;
    }
  }
  return counts;
}

/** Returns the worst state of a bar: a failure among merged ones is not lost. */
export function stateOf(bar: TimeBar): State {
  return WORST_FIRST.find((state) => (bar.merged?.[state] ?? 0) > 0) ?? bar.job.state;
}
