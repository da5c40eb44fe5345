// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { openPage } from "../../../test/page";
import type { TableAnswer, TableCell } from "../../wire/types";
import { Table } from "./Table";

const ADDRESS = "/x/bm25/r1/table";
const cell = (change: Partial<TableCell>): TableCell => ({ text: "", n: 0, missing: 0, states: {}, isBest: false, isNear: false, filter: "k1=1", ...change });
const ANSWER: TableAnswer = {
  rows: ["k1"],
  cols: ["dataset"],
  metrics: ["MAP"],
  lowest: [],
  over: ["seed"],
  choices: { tags: ["k1", "dataset", "seed"], metrics: ["MAP", "P"] },
  columns: [
    { label: ["robust04"], metric: "MAP" },
    { label: ["trec"], metric: "MAP" },
  ],
  lines: [
    {
      label: ["0.9"],
      cells: [
        cell({ text: "0.2561 ± .0122", n: 2, missing: 1, isBest: true, states: { done: 2, failed: 1 }, filter: "k1=0.9 dataset=robust04" }),
        cell({ missing: 3, states: { queued: 2, running: 1 } }),
      ],
    },
  ],
  legend: ["▲ best of its column"],
  command: "experimaestro table --rows k1",
};

afterEach(cleanup);

test("table_cells_leadToTheirJobsAndSayWhatIsMissing", async () => {
  await openPage(ADDRESS, Table, () => ANSWER);
  const best = screen.getByRole("link", { name: /0.2561/ });
  expect(best.getAttribute("href")).toBe("/x/bm25/r1/jobs?q=k1=0.9+dataset=robust04");
  expect(best.closest("td")?.className).toContain("best");
  expect(best.querySelector(".too-few")?.textContent).toBe("2");
  expect(screen.getByRole("link", { name: "1 running 2 queued" })).toBeTruthy();
  const missing = screen.getByRole("region", { name: "What is missing" });
  expect(missing.textContent).toContain("2 of 6 values are here");
});

test("table_choices_areInTheAddress_andATagHasOnePlace", async () => {
  const page = await openPage(ADDRESS, Table, () => ANSWER);
  fireEvent.click(screen.getByRole("button", { name: "Rows: k1" }));
  fireEvent.click(screen.getByRole("button", { name: "dataset", pressed: false }));
  expect(page.address()).toBe(`${ADDRESS}?rows=k1,dataset&cols=&over=seed`);
  fireEvent.change(screen.getByRole("combobox", { name: /±/ }), { target: { value: "99" } });
  expect(page.address()).toContain("&ci=99");
  fireEvent.change(screen.getByRole("combobox", { name: /Best/ }), { target: { value: "row" } });
  expect(page.address()).toContain("&best=row");
  fireEvent.change(screen.getByRole("combobox", { name: /±/ }), { target: { value: "95" } });
  expect(page.address()).not.toContain("ci=");
});

test("table_emptyList_isAskedForAsNone", async () => {
  const asked: string[] = [];
  await openPage(`${ADDRESS}?rows=k1&cols=`, Table, (question) => {
    asked.push(question);
    return ANSWER;
  });
  expect(asked.find((question) => question.startsWith("/api/1/table"))).toBe("/api/1/table?run=bm25%2Fr1&rows=k1&cols=");
});

test("table_problem_saysWhyAndKeepsTheChoices", async () => {
  const problem = "Cannot make a table: the cells mix k1 0.9 and 1.2";
  await openPage(ADDRESS, Table, () => ({ ...ANSWER, lines: [], columns: [], problem }));
  expect(screen.getByText(problem)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Rows: k1" })).toBeTruthy();
});

test("table_copied_isTheCommandOfTheFormat", async () => {
  const page = await openPage(ADDRESS, Table, () => ANSWER);
  fireEvent.click(screen.getByRole("button", { name: "Markdown" }));
  await page.press("y");
  expect(page.copied).toEqual(["experimaestro table --rows k1 --format markdown", "experimaestro table --rows k1 --format latex"]);
});

test("table_headsOfColumns_sayTheirTag", async () => {
  await openPage(ADDRESS, Table, () => ANSWER);
  expect(screen.getAllByRole("columnheader").map(({ textContent }) => textContent)).toContain("dataset=robust04");
});
