import { keeping } from "../../address/filter";
import type { Counts, Phase, TableAnswer, TableCell } from "../../wire/types";
import type { ExportedRows } from "../data/rows";
import { gridOf, TableProblem, type Cell, type Layout } from "./cells";
import { printerOf } from "./decimals";

/** Returns the table of jobs as the page's server answers it. */
export function tableOf(rows: ExportedRows, jobs: readonly number[], layout: Layout, q: string): TableAnswer {
  const { rows: rowTags, cols, metrics, over, lowest } = layout;
  const empty = { rows: rowTags, cols, metrics, over, lowest, choices: { tags: rows.head.tagChoices, metrics: [...rows.metricNames] }, command: "" };
  try {
    const grid = gridOf(rows, jobs, layout);
    const printers = metrics.map((_, index) => {
      const own = grid.cells.filter((__, at) => at % metrics.length === index);
      return printerOf(own.flatMap((cell) => cell.mean ?? []), own.flatMap((cell) => cell.half ?? []));
    });
    const columns = grid.cols.flatMap((label) => metrics.map((metric) => ({ label, metric })));
    const lines = grid.rows.map((label, row) => ({
      label,
      cells: columns.map((column, at) => {
        const places = [...rowTags.map((tag, level) => [tag, label[level]] as const), ...cols.map((tag, level) => [tag, column.label[level]] as const)];
        const filter = places.reduce((all, [tag, text]) => keeping(all, rows.nameOfTag(tag), text === "" ? undefined : text), q);
        return answered(rows, grid.cells[row * columns.length + at] as Cell, printers[at % metrics.length] ?? String, filter);
      }),
    }));
    return { ...empty, columns, lines, legend: legendOf(layout) };
  } catch (problem) {
    if (problem instanceof TableProblem) {
      return { ...empty, columns: [], lines: [], legend: [], problem: problem.message };
    }
    throw problem;
  }
}

function answered(rows: ExportedRows, cell: Cell, print: (value: number) => string, filter: string): TableCell {
  const states: Counts = {};
  for (const job of cell.jobs) {
    const phase: Phase = rows.phase(job);
    states[phase] = (states[phase] ?? 0) + 1;
  }
  const { mean, half, n, expected, isBest } = cell;
  return {
    text: mean === undefined ? "" : print(mean) + (half === undefined ? "" : ` ± ${print(half)}`),
    ...(mean === undefined || !Number.isFinite(mean) ? {} : { mean }),
    ...(half === undefined ? {} : { half }),
    n,
    missing: expected - n,
    states,
    isBest,
    isNear: false,
    filter,
  };
}

function legendOf({ metrics, over, level, best, lowest }: Layout): string[] {
  const lines = [
    over.length === 0 ? "" : `Means over ${over.join(", ")}`,
    `± half width of the ${Math.round(level * 100)}% confidence interval (t)`,
    "the small number: values",
    best === "none" ? "" : `▲ the best of its ${best} (${metrics.map((metric) => `${metric}: ${lowest.includes(metric) ? "lowest" : "highest"}`).join(", ")}); incomplete cells do not compete`,
    best === "none" ? "" : "whether another cell is significantly worse is not tested here",
  ];
  return lines.filter((line) => line !== "");
}
