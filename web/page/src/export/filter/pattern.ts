import { inQuotes } from "./text";

/** A regular expression of the server, as one of this browser that finds the same. */
export type Pattern = RegExp;

const LINE_ENDS = "\\n\\r\\u0085\\u2028\\u2029";
const END = "(?=(?:\\r\\n|(?<!\\r)\\n|[\\r\\u0085\\u2028\\u2029])?$)";
const OUTSIDE: Record<string, string> = { b: "\\b", B: "\\B", A: "^", z: "$", Z: END };
const SETS: Record<string, string> = {
  d: "0-9",
  w: "A-Za-z0-9_",
  s: " \\t\\n\\u000b\\f\\r",
  h: " \\t\\u00a0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000",
};
const CONTROLS: Record<string, number> = { t: 9, n: 10, r: 13, f: 12, a: 7, e: 27 };
const CLASSES: Record<string, string> = {
  Lower: "a-z",
  Upper: "A-Z",
  Alpha: "A-Za-z",
  Digit: "0-9",
  Alnum: "A-Za-z0-9",
  Space: " \\t\\n\\u000b\\f\\r",
};
const CATEGORIES = /^(?:Is)?(L|Lu|Ll|Lt|Lm|Lo|M|N|Nd|Nl|No|P|S|Z)$/;

/**
 * Returns the expression that finds what one of Java finds. Throws an error for what Java refuses, and for what a browser
 * would read as another thing: possessive and atomic groups, references back, sets within sets.
 */
export function patternOf(text: string): Pattern {
  const source = new Translation(text).whole();
  try {
    return new RegExp(source, "u");
  } catch {
    throw unknown(text, "this form");
  }
}

export function isFound(pattern: Pattern, text: string): boolean {
  return pattern.test(text);
}

function unknown(pattern: string, form: string): Error {
  return new Error(`${inQuotes(pattern)} has ${form}, which an export cannot search; the command line can`);
}

function wrong(pattern: string, reason: string): Error {
  return new Error(`${inQuotes(pattern)} is no regular expression of Java: ${reason}`);
}

class Translation {
  private readonly signs: string[];
  private at = 0;
  private depth = 0;
  private ignoresCase = false;

  constructor(private readonly text: string) {
    this.signs = [...text];
  }

  whole(): string {
    if (this.take("(?i)")) {
      this.ignoresCase = true;
    }
    let source = "";
    while (this.at < this.signs.length) {
      source += this.piece();
    }
    if (this.depth > 0) {
      throw wrong(this.text, "Unclosed group");
    }
    return source;
  }

  private take(text: string): boolean {
    const isNext = this.signs.slice(this.at, this.at + text.length).join("") === text;
    this.at += isNext ? text.length : 0;
    return isNext;
  }

  private piece(): string {
    const sign = this.signs[this.at++] ?? "";
    switch (sign) {
      case "|":
        return "|";
      case "(":
        return this.group();
      case ")":
        if (--this.depth < 0) {
          throw wrong(this.text, "Unmatched closing ')'");
        }
        return `)${this.quantifier()}`;
      case "*":
      case "+":
      case "?":
        throw wrong(this.text, `Dangling meta character '${sign}'`);
      case "{":
        throw wrong(this.text, "Illegal repetition");
      default:
        return this.atom(sign) + this.quantifier();
    }
  }

  private atom(sign: string): string {
    switch (sign) {
      case "^":
        return "^";
      case "$":
        return END;
      case ".":
        return `[^${LINE_ENDS}]`;
      case "[":
        return this.set();
      case "\\":
        return this.escape();
      default:
        return this.literal(sign);
    }
  }

  private literal(sign: string): string {
    const code = sign.codePointAt(0) ?? 0;
    return this.ignoresCase && /^[A-Za-z]$/.test(sign) ? `[${this.range(code, code)}]` : escaped(code);
  }

  private group(): string {
    this.depth++;
    for (const begin of ["?:", "?=", "?!", "?<=", "?<!"]) {
      if (this.take(begin)) {
        return `(${begin}`;
      }
    }
    const name = /^\?<[A-Za-z][A-Za-z0-9]*>/.exec(this.signs.slice(this.at).join(""));
    if (name !== null) {
      this.at += name[0].length;
    } else if (this.take("?")) {
      throw unknown(this.text, `the group (?${this.signs[this.at] ?? ""}`);
    }
    return "(?:";
  }

  private quantifier(): string {
    const rest = this.signs.slice(this.at).join("");
    const found = /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(rest)?.[0];
    if (found === undefined) {
      return "";
    }
    this.at += found.length;
    if (this.take("+")) {
      throw unknown(this.text, `the possessive repetition ${found}+`);
    }
    return found + (this.take("?") ? "?" : "");
  }

  private escape(): string {
    const sign = this.signs[this.at++];
    if (sign === undefined) {
      throw wrong(this.text, "Unexpected internal error");
    }
    if (sign === "Q") {
      return this.quotation();
    }
    if (Object.hasOwn(OUTSIDE, sign)) {
      return OUTSIDE[sign] ?? "";
    }
    const set = this.setOfEscape(sign);
    if (set !== undefined) {
      return set.isNegative ? `[^${set.content}]` : `[${set.content}]`;
    }
    return this.literal(String.fromCodePoint(this.codeOfEscape(sign)));
  }

  private quotation(): string {
    let source = "";
    while (this.at < this.signs.length && !this.take("\\E")) {
      source += this.literal(this.signs[this.at++] ?? "");
    }
    return source;
  }

  private setOfEscape(sign: string): { content: string; isNegative: boolean } | undefined {
    const lower = sign.toLowerCase();
    if (Object.hasOwn(SETS, lower)) {
      return { content: SETS[lower] ?? "", isNegative: sign !== lower };
    }
    if (lower !== "p") {
      return undefined;
    }
    const name = /^(?:\{(\w+)\}|(\w))/.exec(this.signs.slice(this.at).join(""));
    const written = name?.[1] ?? name?.[2] ?? "";
    this.at += name?.[0].length ?? 0;
    const category = CATEGORIES.exec(written)?.[1];
    const content = Object.hasOwn(CLASSES, written) ? CLASSES[written] : category === undefined ? undefined : `\\p{${category}}`;
    if (content === undefined || this.ignoresCase) {
      throw unknown(this.text, `the set \\${sign}{${written}}`);
    }
    return { content, isNegative: sign === "P" };
  }

  private codeOfEscape(sign: string): number {
    const rest = this.signs.slice(this.at).join("");
    const hex = sign === "x" ? /^(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(rest) : sign === "u" ? /^([0-9A-Fa-f]{4})/.exec(rest) : null;
    if (hex !== null) {
      this.at += hex[0].length;
      return Math.min(0x10ffff, parseInt(hex[1] ?? hex[2] ?? "0", 16));
    }
    const control = Object.hasOwn(CONTROLS, sign) ? CONTROLS[sign] : undefined;
    if (control === undefined && /^[A-Za-z0-9]$/.test(sign)) {
      throw unknown(this.text, `\\${sign}`);
    }
    return control ?? sign.codePointAt(0) ?? 0;
  }

  private set(): string {
    const isNegative = this.take("^");
    let content = "";
    if (this.signs[this.at] === "]") {
      throw unknown(this.text, "a set that begins with ]");
    }
    while (!this.take("]")) {
      if (this.at >= this.signs.length) {
        throw wrong(this.text, "Unclosed character class");
      }
      content += this.item();
    }
    return `[${isNegative ? "^" : ""}${content}]`;
  }

  private item(): string {
    const sign = this.signs[this.at] ?? "";
    if (sign === "[" || (sign === "&" && this.signs[this.at + 1] === "&")) {
      throw unknown(this.text, "a set within a set");
    }
    if (sign === "\\") {
      const set = this.escapedSet();
      if (set !== undefined) {
        return set;
      }
    }
    const low = this.code();
    const isRange = this.signs[this.at] === "-" && this.at + 1 < this.signs.length && !["]", "["].includes(this.signs[this.at + 1] ?? "");
    if (!isRange) {
      return this.range(low, low);
    }
    this.at++;
    const high = this.code();
    if (high < low) {
      throw wrong(this.text, "Illegal character range");
    }
    return this.range(low, high);
  }

  /** Returns a set such as \d within a set; undefined if the escape is a character. */
  private escapedSet(): string | undefined {
    const sign = this.signs[this.at + 1] ?? "";
    const lower = sign.toLowerCase();
    if (!Object.hasOwn(SETS, lower) && lower !== "p") {
      return undefined;
    }
    this.at += 2;
    const set = this.setOfEscape(sign);
    if (set === undefined || set.isNegative) {
      throw unknown(this.text, `\\${sign} within a set`);
    }
    return set.content;
  }

  private code(): number {
    const sign = this.signs[this.at++] ?? "";
    if (sign !== "\\") {
      return sign.codePointAt(0) ?? 0;
    }
    return this.codeOfEscape(this.signs[this.at++] ?? "");
  }

  /** Returns a range of characters, in both cases of ASCII if the case does not count. */
  private range(low: number, high: number): string {
    const own = low === high ? escaped(low) : `${escaped(low)}-${escaped(high)}`;
    if (!this.ignoresCase) {
      return own;
    }
    const shifted = (first: number, last: number, shift: number): string => {
      const from = Math.max(low, first);
      const to = Math.min(high, last);
      return from > to ? "" : `${escaped(from + shift)}-${escaped(to + shift)}`;
    };
    return own + shifted(0x41, 0x5a, 32) + shifted(0x61, 0x7a, -32);
  }
}

function escaped(code: number): string {
  return `\\u{${code.toString(16)}}`;
}
