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
 * @param to the byte behind the page: tells how many bytes each U+FFFD stands for
 */
export function linesOf(text: string, from: number, firstLine?: number, to?: number): Line[] {
  const lines: Line[] = [];
  const invalid = to === undefined ? REPLACEMENT : sizeOfReplacement(text, to - from);
  let at = from;
  let begin = 0;
  while (begin < text.length) {
    const found = text.indexOf("\n", begin);
    const end = found < 0 ? text.length : found;
    const line = text.slice(begin, end);
    lines.push({
      at: Math.round(at),
      ...(firstLine === undefined ? {} : { number: firstLine + lines.length }),
      ...shown(line),
      isWhole: found >= 0,
    });
    at += bytes(line, invalid) + 1;
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

/** Bytes of U+FFFD itself. In the place of bytes that are not UTF-8, it stands for one to three. */
const REPLACEMENT = 3;

/** Returns the bytes that a U+FFFD of a text stands for: one in Latin-1, the mean if a log has several kinds. */
function sizeOfReplacement(text: string, size: number): number {
  const count = countOfReplacements(text);
  const lacking = count === 0 ? 0 : (bytes(text, REPLACEMENT) - size) / count;
  return Math.max(1, Math.min(REPLACEMENT, REPLACEMENT - lacking));
}

function countOfReplacements(text: string): number {
  return text.split("\ufffd").length - 1;
}

/** Returns the size of a text in the log. Most lines are ASCII, which needs no encoder. */
function bytes(text: string, replacement: number): number {
  if (/^[\x00-\x7f]*$/.test(text)) {
    return text.length;
  }
  const size = ENCODER.encode(text).length;
  return replacement === REPLACEMENT ? size : size - (REPLACEMENT - replacement) * countOfReplacements(text);
}
