import { PAGE } from "../log/pages";
import type { LogAnswer } from "../wire/types";

export type Reading = (range: { from?: number; count: number }) => Promise<LogAnswer>;

/** Pages that are read for one line: a log whose lines are of very different lengths needs most. */
const TRIES = 12;

/**
 * Reads the page that has a line. A log is read by bytes, so that the place is guessed from the numbers that pages
 * have, and then halved in. While the server has not counted so far, the page is the best guess.
 */
export async function lineSought(read: Reading, line: number): Promise<LogAnswer> {
  let page = await read({ count: PAGE });
  let low = { byte: 0, line: 1 };
  let high = { byte: page.from, line: page.firstLine ?? Infinity };
  for (let tries = 0; tries < TRIES && page.firstLine !== undefined; tries++) {
    const end = page.firstLine + linesIn(page.text);
    if (line >= page.firstLine && line < end) {
      return page;
    }
    if (line < page.firstLine) {
      high = { byte: page.from, line: page.firstLine };
    } else if (page.to >= page.size) {
      return page; // the log has fewer lines
    } else {
      low = { byte: page.to, line: end };
    }
    if (high.byte <= low.byte) {
      return page;
    }
    page = await read({ from: guess(low, high, line, tries), count: PAGE });
  }
  return page;
}

function guess(low: { byte: number; line: number }, high: { byte: number; line: number }, line: number, tries: number): number {
  const share = tries % 2 === 0 ? (line - low.line) / Math.max(1, high.line - low.line) : 0.5;
  const byte = low.byte + (high.byte - low.byte) * share - PAGE / 2;
  return Math.floor(Math.max(low.byte, Math.min(byte, Math.max(low.byte, high.byte - PAGE))));
}

function linesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    count++;
  }
  return count + (text.endsWith("\n") || text === "" ? 0 : 1);
}
