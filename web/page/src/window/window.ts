/** The highest canvas that browsers show reliably, in pixels. */
export const CANVAS = 8_000_000;
/** Rows that are drawn beyond the visible ones, on both sides together. */
export const EXTRA = 20;
/** More rows than any screen shows: who wants to draw them has measured a height that is wrong. */
export const MOST = 400;

/** A list of rows of one height, and the part of it that a reader sees. All lengths are pixels. */
export interface Scrolled {
  count: number; // rows
  row: number; // height of a row
  top: number; // how far it is scrolled
  height: number; // of the visible part
}

/** The rows to draw. */
export interface Window {
  canvas: number; // height that the scrollbar is of
  first: number; // index of the first row
  last: number; // index behind the last row
  offset: number; // where the first row is drawn, on the canvas
}

/**
 * Returns the rows to draw. A list that is higher than the canvas is scrolled faster than the scrollbar, in proportion,
 * and its ends are reached exactly.
 *
 * @throws RangeError if more than `MOST` rows would be drawn
 */
export function windowOf({ count, row, top, height }: Scrolled): Window {
  const whole = count * row;
  const canvas = Math.min(whole, CANVAS);
  const seen = clamp(top, 0, Math.max(0, canvas - height));
  const virtual = canvas === whole ? seen : (seen / (canvas - height)) * (whole - height);
  const first = clamp(Math.floor(virtual / row) - EXTRA / 2, 0, count);
  const last = clamp(Math.ceil((virtual + height) / row) + EXTRA / 2, first, count);
  if (last - first > MOST) {
    throw new RangeError(`Cannot draw ${last - first} rows at once: ${MOST} at most; is the list ${height} px high?`);
  }
  return { canvas, first, last, offset: seen + (first * row - virtual) };
}

/** Returns how far the list is to be scrolled so that a row is seen whole: not at all if it is. */
export function topToSee(index: number, scrolled: Scrolled): number {
  const { count, row, top, height } = scrolled;
  const whole = count * row;
  const canvas = Math.min(whole, CANVAS);
  const scale = canvas === whole ? 1 : (canvas - height) / (whole - height);
  const virtual = top / scale;
  const wanted = Math.max(Math.min(virtual, index * row), (index + 1) * row - height);
  return wanted === virtual ? top : wanted * scale;
}

/** Returns the beginnings of the pages of `size` rows that a window needs. */
export function pagesOf(window: Pick<Window, "first" | "last">, size: number): number[] {
  const pages: number[] = [];
  for (let from = window.first - (window.first % size); from < window.last; from += size) {
    pages.push(from);
  }
  return pages;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
