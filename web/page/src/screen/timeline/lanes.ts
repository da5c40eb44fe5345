import type { TimelineAnswer } from "../../wire/types";
import type { Scale } from "../../figure/scale";
import { boxesOf, byRow, type Box } from "./bars";

/** A lane with its place in the picture. */
export interface Lane {
  label: string;
  y: number;
  height: number;
  rows: number;
  rowHeight: number; // with the gap to the next row
  boxes: Box[];
}

const GAP = 12;
const LEAST_HEIGHT = 38; // of a lane: two lines of its label

/** Rows become lower the more of them a lane has; more than these are told in the label, and overlap. */
const HEIGHTS: readonly [rows: number, height: number][] = [[3, 22], [8, 15], [24, 8], [96, 4]];
const MOST_HEIGHT = 384;

/** Returns lanes one below the other, from `top`. */
export function lanesOf(answer: TimelineAnswer, scale: Scale, now: number, top: number): Lane[] {
  let y = top;
  return answer.lanes.map((lane) => {
    const boxes = boxesOf(lane.bars, scale, now);
    const rows = lane.bars.reduce((most, bar) => Math.max(most, bar.row + 1), 1);
    const rowHeight = HEIGHTS.find(([most]) => rows <= most)?.[1] ?? MOST_HEIGHT / rows;
    const placed: Lane = { label: lane.label, y, height: Math.max(LEAST_HEIGHT, rows * rowHeight), rows, rowHeight, boxes };
    y += placed.height + GAP;
    return placed;
  });
}

/** Returns the upper edge of a box, and its height. */
export function verticalOf(lane: Lane, box: Box): { y: number; height: number } {
  return { y: lane.y + box.row * lane.rowHeight, height: Math.max(1, lane.rowHeight - (lane.rowHeight > 6 ? 3 : 1)) };
}

/** Returns where all lanes end. */
export function bottomOf(lanes: readonly Lane[], top: number): number {
  const last = lanes.at(-1);
  return last === undefined ? top : last.y + last.height + GAP;
}

export type Direction = "left" | "right" | "up" | "down" | "first" | "last";

/** Returns the box beside another one: the next in time of its row, or the nearest in time of the next row. */
export function neighbour(lanes: readonly Lane[], at: Box | undefined, direction: Direction): Box | undefined {
  const rows = lanes.flatMap((lane) => byRow(lane.boxes));
  const index = at === undefined ? -1 : rows.findIndex((row) => row.includes(at));
  const row = rows[index];
  if (at === undefined || row === undefined) {
    return direction === "last" ? rows.at(-1)?.at(-1) : rows[0]?.[0];
  }
  const place = row.indexOf(at);
  switch (direction) {
    case "left":
      return row[place - 1] ?? at;
    case "right":
      return row[place + 1] ?? at;
    case "first":
      return row[0] ?? at;
    case "last":
      return row.at(-1) ?? at;
    default: {
      const next = rows[index + (direction === "down" ? 1 : -1)];
      return next === undefined ? at : nearest(next, at.x + at.width / 2);
    }
  }
}

function nearest(row: readonly Box[], x: number): Box | undefined {
  const distance = (box: Box): number => Math.max(box.x - x, x - box.x - box.width, 0);
  return row.reduce<Box | undefined>((best, box) => (best === undefined || distance(box) < distance(best) ? box : best), undefined);
}

/** Returns the box at a place, with some room around narrow ones. */
export function boxAt(lanes: readonly Lane[], x: number, y: number): Box | undefined {
  const lane = lanes.find((one) => y >= one.y && y < one.y + one.height);
  if (lane === undefined) {
    return undefined;
  }
  const row = Math.floor((y - lane.y) / lane.rowHeight);
  const found = nearest(lane.boxes.filter((box) => box.row === row), x);
  return found !== undefined && x >= found.x - ROOM && x <= found.x + found.width + ROOM ? found : undefined;
}

const ROOM = 6;
