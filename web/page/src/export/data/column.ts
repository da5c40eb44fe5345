import type { PackedColumn } from "./wire";

const NONE = -1;

/** A column that is read row by row. */
export class Column {
  readonly values: readonly unknown[];
  private readonly at: Int32Array;

  constructor({ values, at, gaps }: PackedColumn, size: number) {
    this.values = values;
    this.at = new Int32Array(size).fill(NONE);
    let row = 0;
    const count = gaps?.length ?? size;
    for (let index = 0; index < count; index++) {
      row = gaps === undefined ? index : row + (gaps[index] ?? 0);
      this.at[row] = at === undefined ? index : (at[index] ?? NONE);
    }
  }

  /** Returns the value of a row; undefined without one. */
  get(row: number): unknown {
    const index = this.indexOf(row);
    return index === NONE ? undefined : this.values[index];
  }

  /** Returns the index of the value of a row; -1 without one. */
  indexOf(row: number): number {
    return this.at[row] ?? NONE;
  }
}

/** Returns a function of rows that is computed once for each different value of a column. */
export function perValue<T>(column: Column, convert: (value: unknown) => T): (row: number) => T | undefined {
  const known: (T | undefined)[] = [];
  const isKnown = new Uint8Array(column.values.length);
  return (row) => {
    const index = column.indexOf(row);
    if (index < 0) {
      return undefined;
    }
    if (isKnown[index] !== 1) {
      known[index] = convert(column.values[index]);
      isKnown[index] = 1;
    }
    return known[index];
  };
}
