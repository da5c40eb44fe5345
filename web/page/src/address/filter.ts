import type { Value } from "../wire/types";

/** Changes of the text of a filter. The server alone understands filters; the page only adds and removes tests. */

/** Returns the parts of a filter that must all hold, as they are written; one part if it has a top-level `or`. */
export function termsOf(q: string): string[] {
  const words = wordsOf(q);
  if (words.some((word) => /^or$/i.test(word))) {
    return [q.trim()];
  }
  const terms: string[] = [];
  let prefix = "";
  for (const word of words) {
    if (/^and$/i.test(word)) {
      continue;
    }
    if (/^not$/i.test(word)) {
      prefix += `${word} `;
    } else {
      terms.push(prefix + word);
      prefix = "";
    }
  }
  return prefix === "" ? terms : [...terms, prefix.trim()];
}

/** Returns the words between white space that is in no quotes, parentheses or brackets. */
function wordsOf(q: string): string[] {
  const words: string[] = [];
  let word = "";
  let quote = "";
  let depth = 0;
  for (const mark of q) {
    if (quote !== "") {
      quote = mark === quote ? "" : quote;
    } else if (mark === "'" || mark === '"') {
      quote = mark;
    } else if (mark === "(" || mark === "[") {
      depth++;
    } else if (mark === ")" || mark === "]") {
      depth--;
    } else if (/\s/.test(mark) && depth === 0) {
      if (word !== "") {
        words.push(word);
      }
      word = "";
      continue;
    }
    word += mark;
  }
  return word === "" ? words : [...words, word];
}

/** Returns a filter with a test more; what has an `or` comes into parentheses first. */
export function and(q: string, term: string): string {
  const terms = termsOf(q);
  const hasOr = terms.length === 1 && wordsOf(q).some((word) => /^or$/i.test(word));
  return [...(hasOr ? [`(${q.trim()})`] : terms), term].filter((part) => part !== "").join(" ");
}

const STATE = /^state=([a-z,]+)$/;

/** Returns the states that a filter asks for. */
export function statesOf(q: string): string[] {
  return termsOf(q).flatMap((term) => STATE.exec(term)?.[1]?.split(",") ?? []);
}

/** Returns the filter for these states instead of its own; none: for all. */
export function withStates(q: string, states: readonly string[]): string {
  const rest = termsOf(q).filter((term) => !STATE.test(term));
  const others = rest.length === termsOf(q).length ? q.trim() : rest.join(" ");
  return states.length === 0 ? others : and(others, `state=${states.join(",")}`);
}

/** Returns the filter after a click on a state: this one alone, or, pressed with Shift, one more or less. */
export function toggledState(q: string, state: string, adds: boolean): string {
  const states = statesOf(q);
  const isPressed = states.includes(state);
  if (adds) {
    return withStates(q, isPressed ? states.filter((other) => other !== state) : [...states, state]);
  }
  return withStates(q, isPressed && states.length === 1 ? [] : [state]);
}

/** Returns the filter that keeps only jobs with a value; `undefined`: those without any. */
export function keeping(q: string, name: string, value: Value | undefined): string {
  return and(withoutTests(q, name, ["="]), value === undefined ? `not ${nameText(name)}=..` : `${nameText(name)}=${valueText(value)}`);
}

/** Returns the filter that drops the jobs with a value; `undefined`: those without any. */
export function dropping(q: string, name: string, value: Value | undefined): string {
  const kept = value === undefined ? `not ${nameText(name)}=..` : `${nameText(name)}=${valueText(value)}`;
  if (termsOf(q).includes(kept)) {
    return without(q, kept);
  }
  return and(q, value === undefined ? `${nameText(name)}=..` : `${nameText(name)}!=${valueText(value)}`);
}

/** Returns the filter without one of its terms. */
export function without(q: string, term: string): string {
  return termsOf(q)
    .filter((other) => other !== term)
    .join(" ");
}

function withoutTests(q: string, name: string, operators: readonly string[]): string {
  const terms = termsOf(q);
  const kept = terms.filter((term) => !operators.some((operator) => [name, quoted(name, "'"), quoted(name, '"')].some((written) => term.startsWith(written + operator))));
  return kept.length === terms.length ? q : kept.join(" ");
}

/** Returns a name as it is written in a filter: quoted where the server quotes it. */
export function nameText(name: string): string {
  const isPlain = /^[\p{L}\p{N}_/+:%-][\p{L}\p{N}_./+:%@-]*$/u.test(name) && !/\.\.|\.$|^(and|or|not)$/i.test(name);
  return isPlain ? name : quoted(name, name.includes("'") ? '"' : "'");
}

/** Returns a value as it is written in a filter: quoted if anything in it would be misread. */
export function valueText(value: Value): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const isPlain = /^[\p{L}\p{N}_+\-./:@%#]+$/u.test(text) && !text.includes("..") && !/^(and|or|not|@.*|-)$/i.test(text);
  return isPlain ? text : quoted(text, "'");
}

function quoted(text: string, quote: string): string {
  return quote + text.replaceAll(quote, quote + quote) + quote;
}
