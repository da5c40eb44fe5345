import { extentOf, linear, spread, type Scale } from "../../figure/scale";
import { numberTicks, type Tick } from "../../figure/ticks";
import { valueOf } from "../../part/words";
import type { PointsAnswer, Value } from "../../wire/types";

export const MARKS = ["circle", "square", "triangle", "diamond", "none"] as const;
export type Mark = (typeof MARKS)[number];

export interface Dot {
  x: number;
  y?: number; // absent where a mean would hide in what the jobs differ
  low: number;
  high: number;
  n: number;
  isPartial: boolean; // fewer replicates than there should be
}

export interface Series {
  label: string;
  index: number; // of its color and mark
  mark: Mark;
  dots: Dot[];
  strokes: { path: string; isDashed: boolean }[];
  labelX: number;
  labelY: number;
}

export interface PointsPicture {
  series: Series[];
  xTicks: Tick[];
  yTicks: Tick[];
  right: number; // where the plot ends and the labels begin
}

export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const ASIDE = 5; // between the lines at one value
const MOST_VALUES = 9; // of a tag that are all marked on the axis

/** Returns a metric against a tag as places: a number's place is its value, another value's is its turn. */
export function pointsPicture(answer: PointsAnswer, frame: Frame): PointsPicture {
  const xs = valuesOf(answer);
  const x = answer.isNumeric ? numericScale(xs.map(Number), frame) : linear(-0.5, xs.length - 0.5, frame.left, frame.right);
  const turns = new Map(xs.map((value, index) => [valueOf(value), index]));
  const place = (value: Value): number => x.at(answer.isNumeric ? Number(value) : (turns.get(valueOf(value)) ?? 0));
  const extent = extentOf(answer.series.flatMap((series) => series.points.flatMap((point) => [point.low, point.high]))) ?? [0, 1];
  const room = (extent[1] - extent[0]) * 0.08;
  const y = linear(extent[0] - room, extent[1] + room, frame.bottom, frame.top);
  // Bars of equal values would hide each other.
  const aside = (index: number): number => (index - (answer.series.length - 1) / 2) * Math.min(ASIDE, 24 / answer.series.length);
  const series = answer.series.map((one, index): Series => {
    const dots = one.points
      .filter((point) => Number.isFinite(point.low) && Number.isFinite(point.high))
      .map((point): Dot => ({ x: place(point.x) + aside(index), ...(point.mean === undefined ? {} : { y: y.at(point.mean) }), low: y.at(point.low), high: y.at(point.high), n: point.n, isPartial: point.n < point.expected }))
      .sort((a, b) => a.x - b.x);
    return { label: one.label, index, mark: MARKS[index % MARKS.length] ?? "none", dots, strokes: strokesOf(dots), labelX: dots.at(-1)?.x ?? frame.right, labelY: middleOf(dots.at(-1)) ?? frame.bottom };
  });
  setApart(series, frame);
  return { series, xTicks: answer.isNumeric ? numericTicks(xs.map(Number), x) : xs.map((value, at) => ({ at: x.at(at), label: valueOf(value) })), yTicks: placed(numberTicks(y.from, y.to, 5), y), right: frame.right };
}

/** Labels of lines that end at one value stand one below the other. */
function setApart(series: readonly Series[], frame: Frame): void {
  const ends = new Map<string, Series[]>();
  for (const one of series) {
    const end = String(Math.round(one.labelX / (2 * ASIDE * series.length)));
    ends.set(end, [...(ends.get(end) ?? []), one]);
  }
  for (const group of ends.values()) {
    const places = spread(group.map((one) => one.labelY), 14, frame.top, frame.bottom);
    const x = Math.max(...group.map((one) => one.labelX));
    group.forEach((one, index) => Object.assign(one, { labelX: x, labelY: places[index] ?? one.labelY }));
  }
}

/** Returns the values of the tag, each once, in their order. */
export function valuesOf(answer: PointsAnswer): Value[] {
  const values = new Map<string, Value>();
  for (const series of answer.series) {
    for (const point of series.points) {
      values.set(valueOf(point.x), point.x);
    }
  }
  const all = [...values.values()];
  return answer.isNumeric ? all.sort((a, b) => Number(a) - Number(b)) : all;
}

function numericScale(values: readonly number[], frame: Frame): Scale {
  const [least, most] = extentOf(values) ?? [0, 1];
  const room = (most - least) * 0.06;
  return linear(least - room, most + room, frame.left, frame.right);
}

/** The values themselves are the marks, as long as their words have room. */
function numericTicks(values: readonly number[], scale: Scale): Tick[] {
  const own = values.map((value) => ({ at: scale.at(value), label: String(value) }));
  const apart = own.every((tick, index) => index === 0 || tick.at - (own[index - 1]?.at ?? 0) >= 8 + 6 * tick.label.length);
  return own.length <= MOST_VALUES && apart ? own : placed(numberTicks(scale.from, scale.to, 6), scale);
}

function placed(ticks: readonly Tick[], scale: Scale): Tick[] {
  return ticks.map((tick) => ({ at: scale.at(tick.at), label: tick.label }));
}

function middleOf(dot: Dot | undefined): number | undefined {
  return dot === undefined ? undefined : (dot.y ?? (dot.low + dot.high) / 2);
}

/** A piece of a line is dashed where one of its ends lacks replicates; nothing is drawn to where no mean is. */
function strokesOf(dots: readonly Dot[]): Series["strokes"] {
  const strokes: { path: string; isDashed: boolean }[] = [];
  let isJoined = false; // the last stroke ends at the dot before
  dots.slice(1).forEach((to, index) => {
    const from = dots[index] as Dot;
    if (from.y === undefined || to.y === undefined) {
      isJoined = false;
      return;
    }
    const isDashed = from.isPartial || to.isPartial;
    const last = strokes.at(-1);
    if (isJoined && last !== undefined && last.isDashed === isDashed) {
      last.path += `L${fixed(to.x)} ${fixed(to.y)}`;
    } else {
      strokes.push({ path: `M${fixed(from.x)} ${fixed(from.y)}L${fixed(to.x)} ${fixed(to.y)}`, isDashed });
    }
    isJoined = true;
  });
  return strokes;
}

function fixed(place: number): string {
  return String(Math.round(place * 10) / 10);
}
