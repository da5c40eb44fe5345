import type { LogAnswer } from "../wire/types";
import { linesOf, type Line } from "./lines";

/** Bytes that are read at once. */
export const PAGE = 256 * 1024;
/** Lines in the document: those of three high screens, as each has three elements. */
export const SHOWN = 400;
const STEP = SHOWN / 2;
/** Lines that are drawn at once when a log is opened, for a reader waits for them: those of a high screen. */
const AT_ONCE = 100;
/** Pages that are held; those far from the shown lines are read again when they are wanted. */
const HELD = 4;

/** A part of a log as it was read. */
interface Page {
  from: number;
  to: number;
  lines: Line[];
}

/** What is held of a log: consecutive pages, and which of their lines are shown. */
export interface Held {
  size: number; // of the whole log
  count?: number; // lines of the whole log
  pages: Page[];
  lines: Line[]; // of all pages
  first: number; // index of the first line that is shown
  last: number; // index behind the last line that is shown
}

/** Where the shown lines begin after a page was read; the last one is a match in a log. */
export type Place = { end: true } | { byte: number } | { line: number } | { at: number; line: number };

/** Returns what is held when a log is opened at a place. */
export function opened(answer: LogAnswer, place: Place): Held {
  const held = holding(answer, [pageOf(answer)]);
  return showing(held, indexOf(held.lines, place));
}

/** Returns what is held with so many portions of its lines shown as are drawn by now, around the place at which the log was opened. */
export function inPart(held: Held, place: Place, portions: number): Held {
  const count = portions * AT_ONCE;
  const first = Math.max(held.first, Math.min(indexOf(held.lines, place) - count / 2, held.last - count));
  return { ...held, first, last: Math.min(held.last, first + count) };
}

/** Adds what is before the pages that are held, as one page. The shown lines move up by half of them. */
export function withEarlier(held: Held, answers: readonly LogAnswer[]): Held {
  const [answer] = answers;
  if (answer === undefined) {
    return held;
  }
  const begin = held.pages[0]?.from ?? 0;
  const lines = answers.flatMap((one) => pageOf(one).lines).filter((line) => line.at < begin);
  const earlier: Page = { from: answer.from, to: begin, lines };
  const next = holding(answer, [earlier, ...held.pages].slice(0, HELD));
  return window(next, held.first + lines.length - STEP);
}

/** Adds the page behind those that are held. If it begins before their end, then with the last line, which had not ended. */
export function withLater(held: Held, answer: LogAnswer): Held {
  const kept = held.pages
    .map((page) => (page.to <= answer.from ? page : cut(page, answer.from)))
    .filter((page) => page.lines.length > 0);
  const pages = answer.text === "" ? held.pages : [...kept, pageOf(answer)];
  const dropped = pages.slice(0, -HELD).reduce((sum, page) => sum + page.lines.length, 0);
  return window(holding(answer, pages.slice(-HELD)), held.first - dropped);
}

/** Shows the lines around one. */
export function showing(held: Held, index: number): Held {
  return window(held, index - STEP);
}

/** Shows earlier lines of those that are held. */
export function shiftedUp(held: Held): Held {
  return window(held, held.first - STEP);
}

/** Shows later lines of those that are held. */
export function shiftedDown(held: Held): Held {
  return window(held, held.first + STEP);
}

/** Shows the last lines of those that are held. */
export function atEnd(held: Held): Held {
  return window(held, held.lines.length);
}

/** Returns the page to ask for to see what is before all that is held, or null at the beginning of the log. */
export function earlierPage(held: Held): { from: number; count: number } | null {
  const begin = held.pages[0]?.from ?? 0;
  const from = Math.max(0, begin - PAGE);
  return begin === 0 ? null : { from, count: begin - from };
}

/** Returns the page to ask for to see what is behind all that is held. The server begins it with the line that goes on. */
export function laterPage(held: Held): { from: number; count: number } {
  return { from: held.pages.at(-1)?.to ?? 0, count: PAGE };
}

/** Returns whether the shown lines reach the end of the log, as far as it is known. */
export function isAtEnd(held: Held): boolean {
  return held.last === held.lines.length && (held.pages.at(-1)?.to ?? 0) >= held.size;
}

/** Returns the index of the line at a place, or the last one before it. */
export function indexOf(lines: readonly Line[], place: Place): number {
  if ("end" in place) {
    return lines.length;
  }
  if ("at" in place) {
    return indexOfMatch(lines, place.at, place.line);
  }
  const isBehind = (line: Line) =>
    "byte" in place ? line.at > place.byte : line.number !== undefined && line.number > place.line;
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const line = lines[middle];
    if (line !== undefined && isBehind(line)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return Math.max(0, low - 1);
}

/** Numbers are exact, and bytes are not in a page with bytes that are not UTF-8; they tell parts of a long line apart. */
function indexOfMatch(lines: readonly Line[], at: number, line: number): number {
  let index = indexOf(lines, lines[0]?.number === undefined ? { byte: at } : { line });
  while ((lines[index]?.at ?? 0) > at && lines[index - 1]?.number === line) {
    index--;
  }
  return index;
}

function pageOf(answer: LogAnswer): Page {
  return { from: answer.from, to: answer.to, lines: linesOf(answer.text, answer.from, answer.firstLine, answer.to) };
}

/** Cuts a page where its last line begins, which is read again; all of it if that began before the page. */
function cut(page: Page, to: number): Page {
  return { from: page.from, to, lines: to <= page.from ? [] : page.lines.slice(0, -1) };
}

function holding(answer: LogAnswer, pages: Page[]): Held {
  const lines = numbered(pages.flatMap((page) => page.lines));
  return {
    size: answer.size,
    ...(answer.lines === undefined ? {} : { count: answer.lines }),
    pages,
    lines,
    first: 0,
    last: 0,
  };
}

/** A number that is known for one line is known for all: the server counts behind, and the pages are consecutive. */
function numbered(lines: Line[]): Line[] {
  const known = lines.findIndex((line) => line.number !== undefined);
  const base = lines[known]?.number;
  if (base === undefined) {
    return lines;
  }
  let number = base - lines.slice(0, known).filter((line) => line.isWhole).length;
  return lines.map((line) => {
    const result = line.number === number ? line : { ...line, number };
    number += line.isWhole ? 1 : 0;
    return result;
  });
}

function window(held: Held, wanted: number): Held {
  const first = Math.max(0, Math.min(wanted, held.lines.length - SHOWN));
  return { ...held, first, last: Math.min(held.lines.length, first + SHOWN) };
}
