import type { ExportedValue } from "../data/value";
import { compareDecimals, decimalOf, narrowed } from "./decimal";

/** Returns the test whether a value equals the text of a filter. */
export function equalTo(wanted: string): (value: ExportedValue) => boolean {
  const number = decimalOf(wanted);
  return (value) => {
    const found = value.isNumber && number !== undefined ? decimalOf(value.text) : undefined;
    return number === undefined || found === undefined
      ? wanted === value.text
      : compareDecimals(number, found) === 0 || isNarrowed(value, number);
  };
}

/** Returns the comparison of values with the text of a filter; undefined if only one of them is a number. */
export function comparedWith(wanted: string): (value: ExportedValue) => number | undefined {
  const number = decimalOf(wanted);
  return (value) => {
    const found = decimalOf(value.text);
    if (number !== undefined && found !== undefined) {
      return value.isNumber && isNarrowed(value, number) ? 0 : compareDecimals(found, number);
    }
    return number === undefined && found === undefined && !value.isNumber ? compareTexts(value.text, wanted) : undefined;
  };
}

/** Returns the order of two texts by their characters. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function isNarrowed(value: ExportedValue, number: ReturnType<typeof decimalOf>): boolean {
  const narrow = narrowed(value.text);
  return narrow !== undefined && number !== undefined && compareDecimals(narrow, number) === 0;
}
