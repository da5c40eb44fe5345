import type { ExportedRows } from "../data/rows";
import type { ExportedValue } from "../data/value";
import { decimalOf } from "../filter/decimal";
import { halfWidthOf, meanOf } from "./estimate";

/** How a table is laid out. */
export interface Layout {
  rows: string[];
  cols: string[];
  metrics: string[];
  over: string[];
  level: number; // of confidence, such as 0.95
  best: "column" | "row" | "none";
  lowest: string[]; // metrics of which lower values are better
}

/** The jobs of a row and a column, and what they say of a metric. */
export interface Cell {
  jobs: number[]; // rows of the export
  values: number[];
  mean: number | undefined;
  half: number | undefined;
  n: number;
  expected: number;
  isBest: boolean;
}

export interface Grid {
  rows: string[][]; // texts of the values of the row tags; empty without a value
  cols: string[][];
  cells: Cell[]; // row by row, column by column, metric by metric
}

/** The largest table that is shown: a person reads no more. */
const MOST_CELLS = 5000;

/** The reason why there is no table. */
export class TableProblem extends Error {}

/** Returns the table of jobs; throws a `TableProblem` if the jobs of a cell are no replicates of each other. */
export function gridOf(rows: ExportedRows, jobs: readonly number[], layout: Layout): Grid {
  require(layout.rows.length > 0, "Cannot make a table: the jobs have no tags");
  require(layout.metrics.length > 0, "Cannot make a table: no job that is done has a metric");
  const places = [...layout.rows, ...layout.cols, ...layout.over];
  for (const tag of places) {
    require(rows.tag(tag) !== undefined, `Cannot compute a table by the tag "${tag}": no job has it`);
    require(places.filter((other) => other === tag).length === 1, `Cannot use the tag "${tag}" for two purposes`);
  }
  const forms = new Forms(rows);
  const rowKeys = new Map<string, string[]>();
  const colKeys = new Map<string, string[]>();
  const byMetric = layout.metrics.map((metric) => {
    const cells = new Map<string, number[]>();
    for (const job of measured(rows, jobs, metric)) {
      const row = forms.place(job, layout.rows, rowKeys);
      const col = forms.place(job, layout.cols, colKeys);
      const key = `${row}\u0001${col}`;
      const known = cells.get(key);
      if (known === undefined) {
        cells.set(key, [job]);
      } else {
        known.push(job);
      }
    }
    return cells;
  });
  const count = rowKeys.size * colKeys.size * layout.metrics.length;
  require(count <= MOST_CELLS, `Cannot show a table of ${count} cells: at most ${MOST_CELLS}; filter the jobs, or make replicates of a tag`);
  const cells: Cell[] = [];
  for (const [row, rowTexts] of rowKeys) {
    for (const [col, colTexts] of colKeys) {
      layout.metrics.forEach((metric, index) => {
        const own = byMetric[index]?.get(`${row}\u0001${col}`) ?? [];
        const start = startOf([...layout.rows.map((tag, at) => [tag, rowTexts[at]] as const), ...layout.cols.map((tag, at) => [tag, colTexts[at]] as const)]);
        cells.push(cellOf(rows, replicates(rows, own, layout, forms, start), metric, layout.level));
      });
    }
  }
  const grid = { rows: [...rowKeys.values()], cols: [...colKeys.values()], cells };
  expect(grid, layout);
  return grid;
}

function require(holds: boolean, problem: string): void {
  if (!holds) {
    throw new TableProblem(problem);
  }
}

/** Returns the jobs of the types that have a metric; all, if none is done and all are of one type. */
function measured(rows: ExportedRows, jobs: readonly number[], metric: string): readonly number[] {
  const value = rows.metric(metric);
  const type = (job: number): string => rows.text("type", job) ?? "";
  const isDone = (job: number): boolean => rows.phase(job) === "done";
  const types = new Set(jobs.filter((job) => isDone(job) && value?.(job) !== undefined).map(type));
  const isUndone = !jobs.some(isDone) && new Set(jobs.map(type)).size === 1;
  require(types.size > 0 || isUndone, `Cannot compute a table of the metric "${metric}": no job that is done has it`);
  return types.size === 0 ? jobs : jobs.filter((job) => types.has(type(job)));
}

/** The forms of tags' values in a table: equal numbers, such as 7 and 7.0, are one value, in the form of the first job. */
class Forms {
  private readonly first = new Map<string, string>();

  constructor(private readonly rows: ExportedRows) {}

  text(tag: string, job: number): string | undefined {
    const value = this.rows.tag(tag)?.(job);
    return value === undefined ? undefined : this.form(tag, value);
  }

  private form(tag: string, value: ExportedValue): string {
    const key = `${tag}\u0000${keyOf(value)}`;
    const known = this.first.get(key);
    if (known === undefined) {
      this.first.set(key, value.text);
    }
    return known ?? value.text;
  }

  /** Returns the key of the values of some tags, and remembers their texts. */
  place(job: number, tags: readonly string[], places: Map<string, string[]>): string {
    const key = this.key(job, tags);
    if (!places.has(key)) {
      places.set(key, tags.map((tag) => this.text(tag, job) ?? ""));
    }
    return key;
  }

  key(job: number, tags: readonly string[]): string {
    return tags
      .map((tag) => {
        const value = this.rows.tag(tag)?.(job);
        return value === undefined ? "-" : keyOf(value);
      })
      .join("\u0000");
  }
}

function keyOf(value: ExportedValue): string {
  const number = value.isNumber ? decimalOf(value.text) : undefined;
  return number === undefined ? `'${value.text}` : `=${number.sign} ${number.digits} ${number.power}`;
}

function startOf(tags: readonly (readonly [string, string | undefined])[]): string {
  const place = tags.filter(([, text]) => text !== undefined && text !== "").map(([tag, text]) => `${tag}=${text}`).join(" ");
  return `Cannot compute the cell ${place === "" ? "of all jobs" : place}: `;
}

const VALUES_SHOWN = 10;

/** Returns one job for each replicate; throws if the jobs differ in more, or two are the same replicate. */
function replicates(rows: ExportedRows, jobs: readonly number[], layout: Layout, forms: Forms, start: string): number[] {
  const types = new Set(jobs.map((job) => rows.text("type", job)));
  require(types.size <= 1, `${start}its jobs are of several types: ${[...types].join(", ")}; select the jobs of one type`);
  checkTags(rows, jobs, layout, forms, start);
  const found = new Map<string, number>();
  for (const job of jobs) {
    const key = forms.key(job, layout.over);
    const other = found.get(key);
    if (other === undefined) {
      found.set(key, job);
    }
    require(
      other === undefined || rows.name(other) === rows.name(job),
      `${start}the jobs ${rows.name(other ?? job)} and ${rows.name(job)} have the same tags; they differ in a parameter without a tag`,
    );
  }
  return [...found.values()];
}

function checkTags(rows: ExportedRows, jobs: readonly number[], layout: Layout, forms: Forms, start: string): void {
  if (jobs.length < 2) {
    return;
  }
  const differing = rows.tagNames.filter((tag) => {
    if (layout.rows.includes(tag) || layout.cols.includes(tag)) {
      return false;
    }
    const values = new Set(jobs.map((job) => forms.text(tag, job)));
    return values.size > 1 && (!layout.over.includes(tag) || values.has(undefined));
  });
  const differences = differing.toSorted().map((tag) => {
    const values = [...new Set(jobs.map((job) => forms.text(tag, job) ?? "none"))];
    const more = values.length - VALUES_SHOWN;
    return `${tag} is ${values.slice(0, VALUES_SHOWN).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  });
  require(
    differing.length === 0,
    `${start}its ${jobs.length} jobs are no replicates of each other: ${differences.join("; ")}; make rows or columns of ${differing.join(", ")}, or average over it if it only tells replicates apart`,
  );
}

function cellOf(rows: ExportedRows, jobs: number[], metric: string, level: number): Cell {
  const value = rows.metric(metric);
  const values = jobs.flatMap((job) => {
    const found = rows.phase(job) === "done" ? value?.(job) : undefined;
    return found === undefined ? [] : [Number(found.text)];
  });
  return {
    jobs,
    values,
    mean: values.length === 0 ? undefined : meanOf(values),
    half: halfWidthOf(values, level),
    n: values.length,
    expected: 1,
    isBest: false,
  };
}

/** Says how many values the cells of each metric should have, and marks the best of the complete ones. */
function expect(grid: Grid, layout: Layout): void {
  const width = layout.metrics.length;
  layout.metrics.forEach((metric, index) => {
    const own = grid.cells.filter((_, at) => at % width === index);
    const expected = own.reduce((most, cell) => Math.max(most, cell.jobs.length), 1);
    own.forEach((cell) => (cell.expected = expected));
    if (layout.best !== "none") {
      const groups = layout.best === "row" ? grid.rows.length : grid.cols.length;
      for (let group = 0; group < groups; group++) {
        mark(own.filter((_, at) => (layout.best === "row" ? Math.floor(at / grid.cols.length) : at % grid.cols.length) === group), layout.lowest.includes(metric));
      }
    }
  });
}

/** An incomplete cell does not compete, because its missing values may be the bad ones; nor does one without a rival. */
function mark(cells: readonly Cell[], isLowest: boolean): void {
  const rivals = cells.filter((cell) => cell.n === cell.expected && cell.mean !== undefined && !Number.isNaN(cell.mean));
  if (rivals.length > 1) {
    const means = rivals.map((cell) => cell.mean as number);
    const best = means.reduce((one, other) => (isLowest ? Math.min(one, other) : Math.max(one, other)));
    rivals.forEach((cell) => (cell.isBest = cell.mean === best));
  }
}
