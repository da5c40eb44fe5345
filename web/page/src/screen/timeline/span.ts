import type { TimelineAnswer } from "../../wire/types";

/** A piece of time, in milliseconds. */
export interface Span {
  from: number;
  to: number;
}

const SHORTEST = 1000;

/** Returns the time that a timeline is about: to its forecast, if it has one, or to now while something runs. */
export function wholeSpan(answer: TimelineAnswer, now: number): Span {
  const from = answer.from === undefined ? now : Date.parse(answer.from);
  const forecast = answer.forecast === undefined ? 0 : Date.parse(answer.forecast.until);
  const runs = answer.lanes.some((lane) => lane.bars.some((bar) => bar.to === undefined));
  const to = Math.max(answer.to === undefined ? now : Date.parse(answer.to), forecast, runs ? now : 0, from + SHORTEST);
  return { from, to: to + (to - from) * 0.02 };
}

/** Returns a span of another length around a place, within the whole. */
export function zoomed(whole: Span, shown: Span, length: number, around = (shown.from + shown.to) / 2): Span {
  const wanted = Math.min(Math.max(length, SHORTEST), whole.to - whole.from);
  const share = (around - shown.from) / (shown.to - shown.from);
  return within(whole, around - wanted * share, wanted);
}

/** Returns the span moved by a share of its length, within the whole. */
export function moved(whole: Span, shown: Span, share: number): Span {
  const length = shown.to - shown.from;
  return within(whole, shown.from + share * length, length);
}

/** Returns the span, moved as little as needed to show a piece of time. */
export function showing(whole: Span, shown: Span, piece: Span): Span {
  const length = shown.to - shown.from;
  if (piece.from >= shown.from && piece.from <= shown.to) {
    return shown;
  }
  return within(whole, piece.from - length * 0.1, length);
}

function within(whole: Span, from: number, length: number): Span {
  const begin = Math.max(whole.from, Math.min(from, whole.to - length));
  return { from: begin, to: begin + length };
}

/** Returns the span that an address names, or the whole. */
export function spanOf(whole: Span, from: string | undefined, to: string | undefined): Span {
  const begin = from === undefined ? whole.from : Date.parse(from);
  const end = to === undefined ? whole.to : Date.parse(to);
  return begin < end ? { from: Math.max(begin, whole.from), to: Math.min(end, whole.to) } : whole;
}
