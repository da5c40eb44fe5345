import { expect, test } from "vitest";
import filters from "../../fixtures/export/filters.json?raw";
import tables from "../../fixtures/export/tables.json?raw";
import type { TableAnswer } from "../wire/types";
import { ExportedRows } from "./data/rows";
import type { ExportedData } from "./data/wire";
import { filterOf } from "./filter/bind";
import { FilterMistake } from "./filter/text";
import { tableOf } from "./table/answer";

/** What the server answers, as `ExportTwinsTest` has written it. */
interface Golden<T> {
  data: ExportedData;
  cases: T[];
}

type Mistake = { at: number; length: number; problem: string };

function answer(q: string, rows: ExportedRows): number[] | Mistake {
  try {
    const test = filterOf(q, rows);
    return Array.from({ length: rows.size }, (_, row) => row).filter(test);
  } catch (mistake) {
    if (mistake instanceof FilterMistake) {
      return { at: mistake.at, length: mistake.length, problem: mistake.message };
    }
    throw mistake;
  }
}

test("filters_ofAnExport_selectWhatThoseOfTheServerSelect", () => {
  const { data, cases } = JSON.parse(filters) as Golden<[string, number[] | Mistake]>;
  const rows = new ExportedRows(data);
  const differences = cases.filter(([q, wanted]) => JSON.stringify(answer(q, rows)) !== JSON.stringify(wanted)).map(([q, wanted]) => ({ q, wanted, found: answer(q, rows) }));
  expect(differences).toEqual([]);
  expect(cases.length).toBeGreaterThan(1500);
});

const layoutOf = (question: string, rows: ExportedRows) => {
  const query = new URLSearchParams(question);
  const names = (name: string): string[] => (query.get(name) ?? "").split(",").filter((each) => each !== "");
  const best = query.get("best") ?? "column";
  return {
    q: query.get("q") ?? "",
    layout: {
      rows: names("rows"),
      cols: names("cols"),
      metrics: names("metrics"),
      over: names("over"),
      level: Number(query.get("ci") ?? 95) / 100,
      best: best as "column" | "row" | "none",
      lowest: [...rows.head.lowest, ...names("lowest")],
    },
  };
};

test("tables_ofAnExport_areThoseOfTheServer", () => {
  const { data, cases } = JSON.parse(tables) as Golden<{ question: string; answer: TableAnswer }>;
  const rows = new ExportedRows(data);
  for (const { question, answer: wanted } of cases) {
    const { q, layout } = layoutOf(question, rows);
    const selected = answer(q, rows);
    const found = tableOf(rows, selected as number[], layout, q);
    expect(found.problem?.split(/[;:]/)[0], question).toBe(wanted.problem?.split(/[;:]/)[0]);
    expect(found.columns, question).toEqual(wanted.columns);
    expect(found.lines.map((line) => line.label), question).toEqual(wanted.lines.map((line) => line.label));
    found.lines.forEach((line, row) =>
      line.cells.forEach((cell, column) => {
        const other = wanted.lines[row]?.cells[column];
        const place = `${question} ${row} ${column}`;
        const { mean, half, text, filter: _, isNear: __, ...exact } = cell;
        expect(exact, place).toEqual({ n: other?.n, missing: other?.missing, states: other?.states, isBest: other?.isBest });
        expect(mean ?? 0, place).toBeCloseTo(other?.mean ?? 0, 12);
        expect(Math.abs((half ?? 0) - (other?.half ?? 0)), place).toBeLessThanOrEqual(1e-10 * Math.abs(other?.half ?? 0));
        expect(cell.n === 0 ? "" : text, place).toBe(cell.n === 0 ? "" : other?.text);
      }),
    );
  }
});
