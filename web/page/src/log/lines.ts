/** A line of a log. */
export interface Line {
  at: number; // byte of its beginning
  number?: number; // from 1; absent until the server has counted so far
  text: string; // without its line break
  states: number; // of a line that was printed over, as progress bars are: how many, of which the last is the text
  isWhole: boolean; // false for a line that goes on: it grows, or it is longer than a page
}

const ENCODER = new TextEncoder();

/**
 * Returns the lines of a page of a log.
 *
 * @param text the page, whose line breaks are \n or \r\n
 * @param from the byte of its beginning
 * @param firstLine the number of its first line, if that is known
 */
export function linesOf(text: string, from: number, firstLine?: number): Line[] {
  const lines: Line[] = [];
  let at = from;
  let begin = 0;
  while (begin < text.length) {
    const found = text.indexOf("\n", begin);
    const end = found < 0 ? text.length : found;
    const line = text.slice(begin, end);
    lines.push({
      at,
      ...(firstLine === undefined ? {} : { number: firstLine + lines.length }),
      ...shown(line),
      isWhole: found >= 0,
    });
    at += bytes(line) + 1;
    begin = end + 1;
  }
  return lines;
}

/** Returns the last state of a line that carriage returns begin anew. */
function shown(line: string): { text: string; states: number } {
  if (!line.includes("\r")) {
    return { text: line, states: 1 };
  }
  const states = line.split("\r").filter((state) => state !== "");
  return { text: states.at(-1) ?? "", states: Math.max(1, states.length) };
}

/** Returns the size of a text in UTF-8. Most lines are ASCII, which needs no encoder. */
function bytes(text: string): number {
  return /^[\x00-\x7f]*$/.test(text) ? text.length : ENCODER.encode(text).length;
}
