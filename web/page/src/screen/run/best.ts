import type { TableAnswer, TableCell, Tags } from "../../wire/types";

/** The best of a column of a table. */
export interface Best {
  column: string[]; // its values
  cell: TableCell;
  tags: Tags; // of its row
  complete: number; // cells of the column that compete: those without missing values
  all: number; // cells of the column that have jobs
}

/** Returns the best of each column of the first metric, as the table marks it. */
export function bestOf(answer: TableAnswer): Best[] {
  const metric = answer.metrics[0];
  return answer.columns.flatMap((column, at) => {
    const line = column.metric === metric ? answer.lines.find(({ cells }) => cells[at]?.isBest) : undefined;
    const cell = line?.cells[at];
    const cells = answer.lines.flatMap(({ cells: own }) => own[at] ?? []).filter(({ n, missing }) => n + missing > 0);
    const complete = cells.filter(({ missing }) => missing === 0).length;
    return line === undefined || cell === undefined ? [] : [{ column: column.label, cell, complete, all: cells.length, tags: Object.fromEntries(answer.rows.map((name, index) => [name, line.label[index] ?? ""])) }];
  });
}
