import type { Operand } from "./condition";
import { decimalOf } from "./decimal";
import { millisecondsOf } from "./duration";
import { kindOf, textOf, wordsOf, type FilterName } from "./names";
import { patternOf } from "./pattern";
import { bytesOf } from "./size";
import { inQuotes, type FilterText, type Operator } from "./text";

/** Returns an operand as it is compared: words and identifiers in lower case. Throws a mistake if it has another form. */
export function checked(text: FilterText, name: FilterName, operator: Operator, at: number, operand: Operand): Operand {
  const one = (value: string, hasOrder: boolean): string => checkedText(text, name, operator, at, value, hasOrder);
  if ("text" in operand) {
    return { text: one(operand.text, ["<", "<=", ">", ">="].includes(operator)) };
  }
  const end = (value: string | undefined): string | undefined => (value === undefined ? undefined : one(value, true));
  return { low: end(operand.low), high: end(operand.high) };
}

function checkedText(text: FilterText, name: FilterName, operator: Operator, at: number, value: string, hasOrder: boolean): string {
  const kind = kindOf(name);
  if (operator === "~") {
    if (kind === "duration") {
      throw text.mistake(at, `${textOf(name)} is a duration and no text`, `write for example ${textOf(name)}<2h`);
    }
    if (kind === "size") {
      throw text.mistake(at, `${textOf(name)} is a size and no text`, `write for example ${textOf(name)}>2GiB`);
    }
    try {
      patternOf(value);
    } catch (wrong) {
      throw text.mistake(at, wrong instanceof Error ? wrong.message : String(wrong), "write a backslash before a sign that stands for itself");
    }
    return value;
  }
  switch (kind) {
    case "word":
      return word(text, name, at, value, hasOrder);
    case "duration":
      if (millisecondsOf(value) === undefined) {
        throw text.mistake(at, `${inQuotes(value)} is no duration`, `write for example ${textOf(name)}<2h, or 30min, 1h30min`);
      }
      return value;
    case "size":
      if (bytesOf(value) === undefined) {
        throw text.mistake(at, `${inQuotes(value)} is no size`, `write for example ${textOf(name)}>2GiB, or 500M, 1.5GiB`);
      }
      return value;
    case "number":
      if (decimalOf(value) === undefined) {
        throw text.mistake(at, `${inQuotes(value)} is no number`, `write for example ${textOf(name)}=2`);
      }
      return value;
    case "identifier":
      return value.toLowerCase();
    default:
      return value;
  }
}

function word(text: FilterText, name: FilterName, at: number, value: string, hasOrder: boolean): string {
  const known = wordsOf(name) ?? [];
  if (hasOrder) {
    throw text.mistake(at, `${textOf(name)} has no order`, `write ${textOf(name)}=${known[0] ?? ""} or a list`);
  }
  const found = value.toLowerCase().replaceAll("-", "_");
  if (!known.includes(found)) {
    throw text.mistake(at, `there is no ${textOf(name)} ${inQuotes(value)}`, `write one of ${known.join(", ")}`);
  }
  return found;
}
