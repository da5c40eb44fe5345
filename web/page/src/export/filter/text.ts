/** A mistake in a filter, with its place. */
export class FilterMistake extends Error {
  constructor(
    message: string,
    readonly at: number,
    readonly length: number,
    readonly advice?: string,
  ) {
    super(message);
  }
}

export type Operator = "!=" | "<=" | ">=" | "=" | "<" | ">" | "~";

// A longer sign comes before a shorter one with which it begins.
const OPERATORS: readonly Operator[] = ["!=", "<=", ">=", "=", "<", ">", "~"];
const SIGNS = "=!<>~";
const OPENING = "[{(";
const CLOSING = "]})";

/** White space as the server has it: no-break spaces are characters of a word. */
const SPACE = /[\t-\r\u001c-\u001f \u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]/;

/** The text of a filter while it is read: its tokens, and its mistakes with their places. */
export class FilterText {
  position = 0;

  constructor(readonly text: string) {}

  get isAtEnd(): boolean {
    return this.position >= this.text.length;
  }

  get isAtQuote(): boolean {
    return this.isAt('"') || this.isAt("'");
  }

  get isAtOperator(): boolean {
    return OPERATORS.some((operator) => this.text.startsWith(operator, this.position));
  }

  isAt(character: string): boolean {
    return this.text[this.position] === character;
  }

  skipSpace(): void {
    while (SPACE.test(this.text[this.position] ?? "")) {
      this.position++;
    }
  }

  take(sign: string): boolean {
    const isNext = this.text.startsWith(sign, this.position);
    this.position += isNext ? sign.length : 0;
    return isNext;
  }

  /** Takes a comma, if the text goes on with one, possibly after white space. */
  takeComma(): boolean {
    const before = this.position;
    this.skipSpace();
    if (this.take(",")) {
      return true;
    }
    this.position = before;
    return false;
  }

  /** Takes an operator, if the text goes on with one, possibly after white space. */
  takeOperator(): Operator | undefined {
    const before = this.position;
    this.skipSpace();
    const operator = OPERATORS.find((sign) => this.text.startsWith(sign, this.position));
    this.position = operator === undefined ? before : this.position + operator.length;
    return operator;
  }

  /** Takes a keyword without quotes, unless an operator follows, because then it is a name. */
  takeKeyword(keyword: string): boolean {
    const before = this.position;
    this.skipSpace();
    if (!this.isAtQuote && this.unquotedName().toLowerCase() === keyword) {
      const after = this.position;
      if (this.takeOperator() === undefined) {
        this.position = after;
        return true;
      }
    }
    this.position = before;
    return false;
  }

  /** Returns a text in quotes, or one that ends at white space, a parenthesis, a comma or an operator. */
  name(): string {
    return this.isAtQuote ? this.quoted() : this.unquotedName();
  }

  private unquotedName(): string {
    const start = this.position;
    while (!this.isAtEnd && !this.endsToken && !SIGNS.includes(this.text[this.position] ?? "") && !this.isAt("(")) {
      this.position++;
    }
    return this.text.slice(start, this.position);
  }

  /**
   * Returns a text in quotes, or one that ends at white space, a closing parenthesis or a comma; unless it is a pattern,
   * also at the sign of a range and at operators. What is between brackets belongs to the text.
   */
  value(isPattern: boolean): string {
    if (this.isAtQuote) {
      return this.quoted();
    }
    const start = this.position;
    while (!this.isAtEnd && !this.endsToken && (isPattern || !this.isAtSign)) {
      this.position = Math.max(this.position, closing(this.text, this.position)) + 1;
    }
    return this.text.slice(start, this.position);
  }

  private get isAtSign(): boolean {
    return this.text.startsWith("..", this.position) || "=<>".includes(this.text[this.position] ?? "");
  }

  private get endsToken(): boolean {
    const character = this.text[this.position] ?? "";
    return SPACE.test(character) || character === ")" || character === ",";
  }

  requireEndOfToken(): void {
    if (!this.isAtEnd && !this.endsToken) {
      throw this.mistake(
        this.position,
        `found ${this.found()}, expected white space, a comma or the end`,
        "quote a value with such signs, and write and between conditions",
      );
    }
  }

  private quoted(): string {
    const start = this.position;
    const quote = this.text[this.position++] ?? "";
    let value = "";
    while (!this.isAtEnd) {
      const character = this.text[this.position++] ?? "";
      if (character === quote && !this.take(quote)) {
        return value;
      }
      value += character;
    }
    throw this.mistake(start, "the quote is not closed", "a quote within quotes of its kind is doubled");
  }

  /** Returns the next word in quotes, for a mistake. */
  found(): string {
    if (this.isAtEnd) {
      return "the end";
    }
    let end = this.position + 1;
    while (end < this.text.length && !SPACE.test(this.text[end] ?? "") && this.text[end] !== ")") {
      end++;
    }
    return inQuotes(this.text.slice(this.position, end));
  }

  mistake(at: number, problem: string, advice?: string): FilterMistake {
    return new FilterMistake(`Cannot read the filter: ${problem}`, at, this.lengthAt(at), advice);
  }

  /** Returns the number of characters of the word at a place: 1 at least, and 0 at the end. */
  lengthAt(at: number): number {
    if (at >= this.text.length) {
      return 0;
    }
    const first = this.text[at] ?? "";
    const close = first === '"' || first === "'" ? this.text.indexOf(first, at + 1) : -1;
    if (close >= 0) {
      return close + 1 - at;
    }
    const word = new FilterText(this.text);
    word.position = at + 1;
    if (!(SIGNS + "(),").includes(first)) {
      word.unquotedName();
    }
    return word.position - at;
  }
}

const MOST_SHOWN = 40;

/** Returns a text in quotes; only its beginning if it is long. */
export function inQuotes(text: string): string {
  const characters = [...text];
  return `"${characters.length > MOST_SHOWN ? `${characters.slice(0, MOST_SHOWN).join("")}…` : text}"`;
}

/** Returns the index of the bracket that closes the one at an index; -1 if there is none. */
function closing(text: string, index: number): number {
  const kind = OPENING.indexOf(text[index] ?? " ");
  if (kind < 0) {
    return -1;
  }
  let depth = 0;
  for (let at = index; at < text.length; at++) {
    if (text[at] === OPENING[kind]) {
      depth++;
    } else if (text[at] === CLOSING[kind] && --depth === 0) {
      return at;
    }
  }
  return -1;
}
