import type { Span } from "./spans";

/** A span that may be a match of the search. */
export interface MarkedSpan extends Span {
  isMatch?: boolean;
}

/** Cuts spans where a text is found in them, in either case of letters. A match may reach over several spans. */
export function marked(spans: Span[], sought: string): MarkedSpan[] {
  if (sought === "") {
    return spans;
  }
  const matches = placesOf(lower(spans.map((span) => span.text).join("")), lower(sought));
  if (matches.length === 0) {
    return spans;
  }
  const result: MarkedSpan[] = [];
  let begin = 0;
  let next = 0;
  for (const span of spans) {
    const end = begin + span.text.length;
    let at = begin;
    while (at < end) {
      while (next < matches.length && (matches[next] ?? 0) + sought.length <= at) {
        next++;
      }
      const match = matches[next] ?? Infinity;
      const isMatch = match <= at;
      const to = Math.min(end, isMatch ? match + sought.length : match);
      const piece = span.text.slice(at - begin, to - begin);
      result.push(isMatch ? { ...span, text: piece, isMatch } : { ...span, text: piece });
      at = to;
    }
    begin = end;
  }
  return result;
}

function placesOf(text: string, sought: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length)) {
    places.push(at);
  }
  return places;
}

/** Letters whose lower case has another length stay, so that places in the result are places in the text. */
function lower(text: string): string {
  const whole = text.toLowerCase();
  if (whole.length === text.length) {
    return whole;
  }
  return Array.from(text, (letter) => (letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter)).join("");
}
