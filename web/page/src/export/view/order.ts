import type { ExportedRows } from "../data/rows";
import type { ExportedValue } from "../data/value";
import { valuesOf } from "../filter/bind";
import { compareTexts } from "../filter/match";

type Compared = ExportedValue | readonly string[] | number;

/** Returns rows in the order of a name: numbers before texts, and rows without a value last in both directions. */
export function sorted(rows: ExportedRows, selected: readonly number[], sort: string): readonly number[] {
  const isDescending = sort.startsWith("-");
  const values = sort === "" ? undefined : valuesOf(isDescending ? sort.slice(1) : sort, rows);
  if (values === undefined) {
    return selected;
  }
  return selected
    .map((row) => ({ row, value: values(row) }))
    .sort((one, other) => {
      if (one.value === undefined || other.value === undefined) {
        return Number(one.value === undefined) - Number(other.value === undefined);
      }
      return isDescending ? compare(other.value, one.value) : compare(one.value, other.value);
    })
    .map(({ row }) => row);
}

function compare(one: Compared, other: Compared): number {
  if (typeof one === "number" && typeof other === "number") {
    return one - other;
  }
  const left = single(one);
  const right = single(other);
  if (left.isNumber && right.isNumber) {
    return Number(left.text) - Number(right.text);
  }
  return Number(right.isNumber) - Number(left.isNumber) || compareTexts(left.text, right.text);
}

function single(value: Compared): ExportedValue {
  return typeof value === "object" && "text" in value ? value : { text: String(value), isNumber: typeof value === "number" };
}
