import { WORST_FIRST } from "../../part/words";
import type { Counts, Phase, TableAnswer, TableCell } from "../../wire/types";

/** A label above columns, or before rows, that has several of them. */
export interface Heading {
  text: string;
  span: number;
}

/** A cell of the page: values of one cell of the table, or the states of several that have no values. */
export interface Placed {
  cell: TableCell;
  span: number; // columns
  beginsGroup: boolean;
}

/** Returns the rows of labels above the columns: one for each tag in `cols`. */
export function columnHeadings(answer: Pick<TableAnswer, "cols" | "columns">): Heading[][] {
  return answer.cols.map((_, level) =>
    runs(answer.columns, (former, next) => isSamePrefix(former.label, next.label, level + 1)).map(({ first, span }) => ({
      text: answer.columns[first]?.label[level] ?? "",
      span,
    })),
  );
}

/**
 * Returns the labels before each row. A label that the rows below share has their number as its span, and theirs is
 * absent.
 */
export function rowHeadings(answer: Pick<TableAnswer, "rows" | "lines">): (Heading | undefined)[][] {
  const headings = answer.lines.map(() => answer.rows.map((): Heading | undefined => undefined));
  answer.rows.forEach((_, level) => {
    for (const { first, span } of runs(answer.lines, (former, next) => isSamePrefix(former.label, next.label, level + 1))) {
      const row = headings[first];
      if (row !== undefined) {
        row[level] = { text: answer.lines[first]?.label[level] ?? "", span };
      }
    }
  });
  return headings;
}

/** Returns the cells of a line. Neighbours without values in the same columns become one, which says their states once. */
export function placedCells(answer: Pick<TableAnswer, "columns">, cells: readonly TableCell[]): Placed[] {
  const places = cells.map((cell, index) => ({ cell, label: answer.columns[index]?.label ?? [] }));
  const isSame = (former: (typeof places)[number], next: (typeof places)[number]) =>
    former.cell.n === 0 &&
    next.cell.n === 0 &&
    former.cell.filter === next.cell.filter &&
    isSamePrefix(former.label, next.label, former.label.length);
  return runs(places, isSame).flatMap(({ first, span }) => {
    const place = places[first];
    const before = places[first - 1];
    return place === undefined
      ? []
      : [{ cell: place.cell, span, beginsGroup: before === undefined || !isSamePrefix(before.label, place.label, place.label.length) }];
  });
}

/** Returns a text such as `0.271 ± 0.004` in its two parts. */
export function meanAndHalf(text: string): { mean: string; half: string } {
  const at = text.indexOf("±");
  return at < 0 ? { mean: text, half: "" } : { mean: text.slice(0, at).trim(), half: text.slice(at + 1).trim() };
}

/** Returns the states of jobs without values, the most urgent first. */
export function statesOf(counts: Counts): { phase: Phase; count: number }[] {
  return WORST_FIRST.flatMap((phase) => {
    const count = counts[phase] ?? 0;
    return count === 0 ? [] : [{ phase, count }];
  });
}

/** Returns how many jobs of the table have a value, how many there are, and the states of the rest. */
export function missingOf(answer: Pick<TableAnswer, "lines" | "columns" | "metrics">): { here: number; all: number; states: Counts } {
  let here = 0;
  let missing = 0;
  const states: Counts = {};
  const [metric] = answer.metrics;
  for (const line of answer.lines) {
    line.cells.forEach((cell, index) => {
      if (answer.columns[index]?.metric === metric) {
        here += cell.n;
        missing += cell.missing;
        for (const { phase, count } of statesOf(cell.states)) {
          if (phase !== "done") {
            states[phase] = (states[phase] ?? 0) + count;
          }
        }
      }
    });
  }
  return { here, all: here + missing, states };
}

function isSamePrefix(former: readonly string[], next: readonly string[], length: number): boolean {
  for (let index = 0; index < length; index++) {
    if (former[index] !== next[index]) {
      return false;
    }
  }
  return true;
}

function runs<T>(items: readonly T[], isSame: (former: T, next: T) => boolean): { first: number; span: number }[] {
  const result: { first: number; span: number }[] = [];
  items.forEach((item, index) => {
    const last = result.at(-1);
    const former = items[index - 1];
    if (last !== undefined && former !== undefined && isSame(former, item)) {
      last.span++;
    } else {
      result.push({ first: index, span: 1 });
    }
  });
  return result;
}
