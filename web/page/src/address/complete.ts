/** Completion of a filter while it is typed: which name or value stands at the caret. */

/** The text at the caret that an option would replace. */
export interface Piece {
  start: number;
  end: number;
  prefix: string; // from its start to the caret
  name?: string; // of the test whose value is typed; absent: a name is typed
}

export const FIELD_NAMES = ["state", "type", "id", "host", "launcher", "attempt", "cause", "error", "age", "time", "cpu", "gc", "memory", "note", "pinned", "removed"];
export const STATE_NAMES = ["done", "failed", "running", "starting", "queued", "new", "corrupt", "skipped"];

const BREAK = /[\s()]/;

/** Returns the piece at the caret; undefined within quotes, where nothing is completed. */
export function pieceAt(q: string, caret: number): Piece | undefined {
  const before = q.slice(0, caret);
  if ((before.match(/'/g)?.length ?? 0) % 2 === 1 || (before.match(/"/g)?.length ?? 0) % 2 === 1) {
    return undefined;
  }
  let start = caret;
  while (start > 0 && !BREAK.test(q.charAt(start - 1))) {
    start--;
  }
  let end = caret;
  while (end < q.length && !BREAK.test(q.charAt(end)) && q.charAt(end) !== ",") {
    end++;
  }
  const test = /^([^=!<>~]+)(!=|<=|>=|=|<|>|~)(.*)$/.exec(q.slice(start, caret));
  if (test === null) {
    return { start, end, prefix: q.slice(start, caret) };
  }
  const [, name = "", , values = ""] = test;
  const from = caret - (values.length - (values.lastIndexOf(",") + 1));
  return { start: from, end, prefix: q.slice(from, caret), name };
}

/** Returns the options that the prefix of a piece begins, then those that contain it; at most 12. */
export function matching(options: readonly string[], prefix: string): string[] {
  const wanted = prefix.toLowerCase();
  const begin = options.filter((option) => option.toLowerCase().startsWith(wanted));
  const contain = options.filter((option) => !begin.includes(option) && option.toLowerCase().includes(wanted));
  return [...begin, ...contain].filter((option) => option !== prefix).slice(0, 12);
}

/** Returns the filter with an option in the place of a piece, and where the caret stands then. */
export function accepted(q: string, piece: Piece, option: string): { q: string; caret: number } {
  const word = piece.name === undefined ? `${option}=` : option;
  const rest = q.slice(piece.end).replace(/^=/, piece.name === undefined ? "" : "=");
  return { q: q.slice(0, piece.start) + word + rest, caret: piece.start + word.length };
}
