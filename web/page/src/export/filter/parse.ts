import { checked } from "./check";
import type { Condition, Operand } from "./condition";
import { nameOf } from "./names";
import { FilterMistake, FilterText, inQuotes, type Operator } from "./text";

const LONGEST = 10_000;
const DEEPEST = 100;
const KEYWORDS = ["and", "or", "not"];
const OTHER_LANGUAGES: Record<string, string> = { "&&": "and", "&": "and", "||": "or", "|": "or" };
const EXAMPLE = "write for example state=failed";

/** Returns the condition that a text is, by the grammar of docs/filter.md; throws a `FilterMistake` for another text. */
export function parseFilter(text: string): Condition {
  if (text.length > LONGEST) {
    throw new FilterMistake(`Cannot read the filter: it has ${text.length} characters`, 0, 0, `write at most ${LONGEST}`);
  }
  return new Parser(new FilterText(text)).whole();
}

class Parser {
  private depth = 0;

  constructor(private readonly text: FilterText) {}

  whole(): Condition {
    const { text } = this;
    text.skipSpace();
    const all = text.isAtEnd ? { all: [] } : this.or();
    if (!text.isAtEnd) {
      throw text.mistake(text.position, text.isAt(")") ? "no parenthesis is open" : `found ${text.found()}, expected and, or, or the end`);
    }
    return all;
  }

  private or(): Condition {
    const parts: Condition[] = [];
    do {
      parts.push(this.and());
    } while (this.text.takeKeyword("or"));
    return parts.length === 1 ? (parts[0] as Condition) : { either: parts };
  }

  private and(): Condition {
    const parts = [this.not()];
    while (this.hasMore()) {
      parts.push(this.not());
    }
    return parts.length === 1 ? (parts[0] as Condition) : { all: parts };
  }

  /** Takes the word between two conditions, which may be left out; false at the end of the conjunction. */
  private hasMore(): boolean {
    const { text } = this;
    if (text.takeKeyword("and")) {
      return true;
    }
    text.skipSpace();
    const before = text.position;
    const isEnd = text.isAtEnd || text.isAt(")") || text.isAt(",") || text.takeKeyword("or");
    text.position = before;
    return !isEnd;
  }

  private not(): Condition {
    let isNegative = false;
    while (this.text.takeKeyword("not")) {
      isNegative = !isNegative;
    }
    this.text.skipSpace();
    const part = this.primary();
    return isNegative ? { not: part } : part;
  }

  private primary(): Condition {
    const { text } = this;
    const start = text.position;
    if (text.take("(")) {
      return this.group(start);
    }
    if (text.take("@")) {
      throw text.mistake(start, `there is no filter @${text.name()}`, "an export has no named filters; write the filter itself");
    }
    const isQuoted = text.isAtQuote;
    const name = text.name();
    if (name === "" && !isQuoted) {
      throw this.missing(start);
    }
    if (!isQuoted && Object.hasOwn(OTHER_LANGUAGES, name)) {
      throw text.mistake(start, `"${name}" is no operator`, `write ${OTHER_LANGUAGES[name]}`);
    }
    const operator = text.takeOperator();
    if (operator !== undefined) {
      return this.test(start, name, operator);
    }
    if (!isQuoted && KEYWORDS.includes(name.toLowerCase())) {
      throw text.mistake(start, `a condition is expected before ${inQuotes(name)}`);
    }
    text.requireEndOfToken();
    return { word: name };
  }

  private group(start: number): Condition {
    const { text } = this;
    if (++this.depth > DEEPEST) {
      throw text.mistake(start, `more than ${DEEPEST} parentheses are open`);
    }
    text.skipSpace();
    const group = text.isAt(")") ? { all: [] } : this.or();
    text.skipSpace();
    if (!text.take(")")) {
      throw text.isAtEnd
        ? text.mistake(start, "the parenthesis is not closed")
        : text.mistake(text.position, `found ${text.found()}, expected and, or, or )`);
    }
    this.depth--;
    return group;
  }

  private missing(start: number): FilterMistake {
    const { text } = this;
    const isNegation = text.isAt("!") && text.takeOperator() === undefined;
    text.position = start;
    return text.mistake(start, `found ${text.found()}, expected a condition`, isNegation ? "write not in the place of !" : EXAMPLE);
  }

  private test(start: number, written: string, operator: Operator): Condition {
    const { text } = this;
    const name = nameOf(written);
    if (name.name === "") {
      throw text.mistake(start, `a name is expected before ${operator}`, EXAMPLE);
    }
    const takesMore = operator === "=" || operator === "!=";
    const operands: Operand[] = [];
    do {
      text.skipSpace();
      const at = text.position;
      operands.push(checked(text, name, operator, at, this.operand(operator, takesMore)));
    } while (takesMore && text.takeComma());
    text.requireEndOfToken();
    return { name, operator, operands, place: start };
  }

  private operand(operator: Operator, takesMore: boolean): Operand {
    const { text } = this;
    const low = this.value(operator === "~");
    if (takesMore && text.take("..")) {
      return { low, high: this.value(false) };
    }
    if (low === undefined) {
      const second = text.takeOperator();
      throw second === undefined
        ? text.mistake(text.position, "a value is expected", "write '' for the empty text, and .. for any value")
        : text.mistake(text.position, `a second operator follows ${operator}`, "write one operator, and quote a value that begins with one");
    }
    return { text: low };
  }

  private value(isPattern: boolean): string | undefined {
    const { text } = this;
    const isQuoted = text.isAtQuote;
    if (!isQuoted && text.isAtOperator) {
      return undefined;
    }
    const value = text.value(isPattern);
    return value === "" && !isQuoted ? undefined : value;
  }
}
