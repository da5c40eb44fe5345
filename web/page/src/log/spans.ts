import { afterSgr, classesOf, type Style } from "./style";

/** A piece of a line that looks the same. A text that stands for a character that is not printed has that as `raw`. */
export interface Span {
  text: string;
  classes: string;
  raw?: string;
}

/** The spans of a line, and the style in which the next line begins. */
export interface Painted {
  spans: Span[];
  style: Style;
}

/**
 * Characters that are never shown as they are: controls, marks that change the direction of text, invisible characters
 * and halves of a pair. Joiners stay, because scripts and emoji need them.
 */
const UNSAFE =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Cs}\u{e0000}-\u{e007f}]/gu;

const ESCAPE = 0x1b;
const PARAMETERS = /[0-?]*/y;
const INTERMEDIATES = /[ -/]*/y;
/** Introducers of strings: OSC (titles, links, the clipboard), DCS, APC (images), PM and SOS. */
const STRINGS = "]P_^X";
const END_OF_TITLE = /[\u0007\u001b\u009c]/g;
const END_OF_STRING = /[\u001b\u009c]/g;

/**
 * Returns the spans of one line. Colors and attributes become classes, all other complete sequences go, and what is
 * left of others is made visible. It takes time in proportion to the text, whatever the text is.
 */
export function paint(text: string, begin: Style): Painted {
  const spans: Span[] = [];
  let style = begin;
  let classes = classesOf(style);
  let from = 0;
  const add = (piece: string) => {
    const last = spans.at(-1);
    if (last !== undefined && last.classes === classes && last.raw === undefined) {
      last.text += piece;
    } else if (piece !== "") {
      spans.push({ text: piece, classes });
    }
  };
  UNSAFE.lastIndex = 0;
  for (let found = UNSAFE.exec(text); found !== null; found = UNSAFE.exec(text)) {
    const at = found.index;
    add(text.slice(from, at));
    const end = text.charCodeAt(at) === ESCAPE ? endOfSequence(text, at) : at;
    if (end > at) {
      if (text[at + 1] === "[" && text[end - 1] === "m" && isPlain(text.slice(at + 2, end - 1))) {
        style = afterSgr(style, text.slice(at + 2, end - 1));
        classes = classesOf(style);
      }
      from = end;
    } else {
      spans.push({ text: visible(found[0]), classes, raw: found[0] });
      from = at + found[0].length;
    }
    UNSAFE.lastIndex = from;
  }
  add(text.slice(from));
  return { spans, style };
}

/** Returns the index behind the escape sequence at an index, or the index itself if no complete one begins there. */
function endOfSequence(text: string, at: number): number {
  const kind = text[at + 1] ?? "";
  if (kind === "[") {
    const intermediates = endOf(PARAMETERS, text, at + 2);
    const final = endOf(INTERMEDIATES, text, intermediates);
    return isBetween(text, final, "@", "~") ? final + 1 : at;
  }
  if (kind !== "" && STRINGS.includes(kind)) {
    return endOfString(text, at, kind === "]" ? END_OF_TITLE : END_OF_STRING);
  }
  const final = endOf(INTERMEDIATES, text, at + 1);
  return isBetween(text, final, "0", "~") ? final + 1 : at;
}

/** A string ends before the next escape: otherwise one that is cut off would hide all that follows it. */
function endOfString(text: string, at: number, ends: RegExp): number {
  ends.lastIndex = at + 2;
  const found = ends.exec(text);
  if (found === null) {
    return at;
  }
  if (found[0] !== "\u001b") {
    return found.index + 1;
  }
  return text[found.index + 1] === "\\" ? found.index + 2 : at;
}

function endOf(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at;
  sticky.exec(text);
  return sticky.lastIndex;
}

function isBetween(text: string, at: number, low: string, high: string): boolean {
  const found = text[at];
  return found !== undefined && found >= low && found <= high;
}

function isPlain(parameters: string): boolean {
  return /^[0-9;:]*$/.test(parameters);
}

/** A piece of a text; `shown` stands for a character that is not printed. */
export interface Piece {
  text: string;
  shown?: string;
}

/** Returns a text of one or more lines in pieces: what is printed, and each character that is not. */
export function piecesOf(text: string): Piece[] {
  if (/^[\t\n -~]*$/.test(text)) {
    return [{ text }]; // nearly all texts
  }
  const pieces: Piece[] = [];
  let from = 0;
  UNSAFE.lastIndex = 0;
  for (const found of text.matchAll(UNSAFE)) {
    const { 0: mark, index } = found;
    if (mark === "\n" || (mark === "\r" && text[index + 1] === "\n")) {
      continue;
    }
    if (index > from) {
      pieces.push({ text: text.slice(from, index) });
    }
    pieces.push({ text: mark, shown: visible(mark) });
    from = index + mark.length;
  }
  return from < text.length || pieces.length === 0 ? [...pieces, { text: text.slice(from) }] : pieces;
}

/** Returns a text whose characters that are not printed are written: for a place that takes text alone. */
export function plain(text: string): string {
  return piecesOf(text)
    .map((piece) => piece.shown ?? piece.text)
    .join("");
}

/** Returns what stands for a character that is not printed: `^G` for a control, as in editors, or its number. */
function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) {
    return `^${String.fromCharCode(code ^ 0x40)}`;
  }
  if (code >= 0xd800 && code <= 0xdfff) {
    return "\ufffd";
  }
  return `\u27e8${code.toString(16).toUpperCase().padStart(4, "0")}\u27e9`;
}
