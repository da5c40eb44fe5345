import type { ExportedRows, Getter } from "../data/rows";
import type { ExportedValue } from "../data/value";
import type { Condition, Operand } from "./condition";
import { comparedWith, compareTexts, equalTo } from "./match";
import { millisecondsOf } from "./duration";
import { kindOf, nameOf, textOf, type FilterName, type Kind } from "./names";
import { parseFilter } from "./parse";
import { isFound, patternOf } from "./pattern";
import { bytesOf } from "./size";
import { FilterMistake, FilterText, inQuotes, type Operator } from "./text";

export type RowTest = (row: number) => boolean;

/** A value of a row as it is compared: several texts for notes, milliseconds for durations, bytes for sizes. */
type Compared = ExportedValue | readonly string[] | number;
type Values = (row: number) => Compared | undefined;

/** Returns the test of rows that a filter is; throws a `FilterMistake` for a text that is none, or an unknown name. */
export function filterOf(text: string, rows: ExportedRows): RowTest {
  return bind(parseFilter(text), rows, text);
}

/** Returns the values of a name of filters, for columns and sorting; undefined if no job has the name. */
export function valuesOf(name: string, rows: ExportedRows): Values | undefined {
  return find(nameOf(name), rows);
}

function bind(condition: Condition, rows: ExportedRows, text: string): RowTest {
  if ("all" in condition) {
    const parts = condition.all.map((part) => bind(part, rows, text));
    return (row) => parts.every((part) => part(row));
  }
  if ("either" in condition) {
    const parts = condition.either.map((part) => bind(part, rows, text));
    return (row) => parts.some((part) => part(row));
  }
  if ("not" in condition) {
    const part = bind(condition.not, rows, text);
    return (row) => !part(row);
  }
  if ("word" in condition) {
    const wanted = condition.word.toLowerCase();
    return (row) => searched(rows, row).some((each) => each.toLowerCase().includes(wanted));
  }
  const { name, operator, operands, place } = condition;
  const values = find(name, rows);
  if (values === undefined) {
    throw unknown(name, place, text, rows);
  }
  const accepts = accepted(kindOf(name), operator, operands);
  // A row without a value meets no test but `!=`, which is the opposite of `=`.
  const holds: RowTest = (row) => {
    const value = values(row);
    return value !== undefined && accepts(value);
  };
  return operator === "!=" ? (row) => !holds(row) : holds;
}

function searched(rows: ExportedRows, row: number): string[] {
  const tags = rows.tagsOf(row).map(([name, value]) => `${name}=${value.text}`);
  const error = rows.text("error", row);
  return error === undefined ? [rows.name(row), ...tags] : [rows.name(row), ...tags, error];
}

function find(name: FilterName, rows: ExportedRows): Values | undefined {
  const known = (getter: Getter | undefined): Values | undefined => getter ?? (rows.size === 0 ? () => undefined : undefined);
  switch (name.scope) {
    case "field":
      return field(name.name, rows);
    case "tag":
      return known(rows.tag(name.name));
    case "metric":
      return known(rows.metric(name.name));
    case "param":
      return known(rows.parameter(name.name));
    case "run":
      return ofRun(name.name, rows);
    case "any":
      return known(rows.tag(name.name) ?? rows.metric(name.name) ?? rows.parameter(name.name));
  }
}

function ofRun(name: string, { head }: ExportedRows): Values | undefined {
  if (name === "note") {
    const notes = head.runNotes;
    return () => (notes.length === 0 ? undefined : notes);
  }
  const tag = name.startsWith("tag.") ? name.slice("tag.".length) : "";
  const value = Object.hasOwn(head.runTags, tag) ? head.runTags[tag] : undefined;
  return value === undefined ? undefined : () => textValue(value);
}

function textValue(text: string | undefined): ExportedValue | undefined {
  return text === undefined ? undefined : { text, isNumber: false };
}

function field(name: string, rows: ExportedRows): Values {
  const { experiment, run } = rows.head.run;
  switch (name) {
    case "state":
      return (row) => textValue(rows.phase(row));
    case "experiment":
      return () => textValue(experiment);
    case "run":
      return () => textValue(`${experiment}/${run}`);
    case "attempt":
      return (row) => {
        const attempt = rows.number("attempt", row);
        return attempt === undefined ? undefined : { text: String(attempt), isNumber: true };
      };
    case "note":
      return (row) => rows.field("notes", row) as readonly string[] | undefined;
    case "age":
      return (row) => rows.number("ended", row) ?? rows.number("started", row);
    case "time":
    case "cpu":
    case "gc":
    case "memory":
      return (row) => rows.number(name, row);
    default:
      return (row) => textValue(rows.text(name, row));
  }
}

/** Returns the test of values that are there; that of `!=` is negated by the caller. */
function accepted(kind: Kind, operator: Operator, operands: readonly Operand[]): (value: Compared) => boolean {
  const [first] = operands;
  if (kind === "texts") {
    const some = accepted("text", operator, operands);
    return (value) => Array.isArray(value) && value.some((text: string) => some({ text, isNumber: false }));
  }
  if (operator === "~" && first !== undefined && "text" in first) {
    const pattern = patternOf(first.text);
    return (value) => isFound(pattern, (value as ExportedValue).text);
  }
  if (operator !== "=" && operator !== "!=" && first !== undefined && "text" in first) {
    return order(kind, operator, first.text);
  }
  const tests = operands.map((operand) => equality(kind, operand));
  return (value) => tests.some((test) => test(value));
}

function equality(kind: Kind, operand: Operand): (value: Compared) => boolean {
  if (!("text" in operand)) {
    const low = operand.low === undefined ? undefined : order(kind, ">=", operand.low);
    const high = operand.high === undefined ? undefined : order(kind, "<=", operand.high);
    return (value) => (low === undefined || low(value)) && (high === undefined || high(value));
  }
  const { text } = operand;
  switch (kind) {
    case "duration":
    case "size": {
      const wanted = amountOf(kind, text);
      return (value) => value === wanted;
    }
    case "value":
    case "number": {
      const isEqual = equalTo(text);
      return (value) => isEqual(value as ExportedValue);
    }
    case "run":
      return ofText((value) => value === text || value.endsWith(`/${text}`));
    case "identifier":
      return ofText((value) => value.startsWith(text));
    default:
      return ofText((value) => value === text);
  }
}

function order(kind: Kind, operator: Operator, text: string): (value: Compared) => boolean {
  const holds = (comparison: number): boolean =>
    operator === "<" ? comparison < 0 : operator === "<=" ? comparison <= 0 : operator === ">" ? comparison > 0 : comparison >= 0;
  switch (kind) {
    case "duration":
    case "size": {
      const bound = amountOf(kind, text) ?? 0;
      return (value) => holds((value as number) - bound);
    }
    case "value":
    case "number": {
      const compare = comparedWith(text);
      return (value) => {
        const comparison = compare(value as ExportedValue);
        return comparison !== undefined && holds(comparison);
      };
    }
    case "run":
      return ofText((value) => holds(compareTexts(runName(value), runName(text))));
    default:
      return ofText((value) => holds(compareTexts(value, text)));
  }
}

function amountOf(kind: "duration" | "size", text: string): number | undefined {
  return kind === "size" ? bytesOf(text) : millisecondsOf(text);
}

function ofText(test: (text: string) => boolean): (value: Compared) => boolean {
  return (value) => test((value as ExportedValue).text);
}

function runName(run: string): string {
  return run.slice(run.lastIndexOf("/") + 1);
}

const PROBLEMS: Record<FilterName["scope"], string> = {
  field: "No job has a field",
  tag: "No job has a tag",
  metric: "No job has a metric",
  param: "No job has a parameter",
  run: "No run has a tag or a value",
  any: "No job has a tag, metric or parameter",
};

function unknown(name: FilterName, place: number, text: string, rows: ExportedRows): FilterMistake {
  const lists = [
    ["tags", rows.tagNames],
    ["metrics", rows.metricNames],
    ["parameters", rows.parameterNames],
  ] as const;
  const known = lists.filter(([, names]) => names.length > 0).map(([kind, names]) => `the ${kind} are ${names.slice(0, 20).join(", ")}${names.length > 20 ? ` and ${names.length - 20} more` : ""}`);
  return new FilterMistake(`Cannot use the filter: ${PROBLEMS[name.scope]} ${inQuotes(name.name)}`, place, new FilterText(text).lengthAt(place), known.join("; ") || `${textOf(name)} is not known`);
}
