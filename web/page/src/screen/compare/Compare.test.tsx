// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { openPage } from "../../../test/page";
import type { CompareAnswer, RowsAnswer } from "../../wire/types";
import { Compare } from "./Compare";

const one = (id: string): CompareAnswer["jobs"][number] => ({ job: `ir.evaluate/${id}`, shortId: id, state: "done", tags: {}, type: "ir.evaluate" });
const ADDRESS = "/x/bm25/r1/compare?jobs=ir.evaluate/a1,ir.evaluate/b2";
const ANSWER: CompareAnswer = {
  jobs: [one("a1"), one("b2")],
  cause: { text: "b 0.4 → 0.75", path: ["similarity", "ir.search"] },
  sections: [
    { name: "parameters", rows: [{ name: "b", values: ["0.4", "0.75"], counts: true }, { name: "k1", values: ["0.9", "0.9"], counts: true }] },
    { name: "metrics", rows: [{ name: "MAP", values: ["0.2601", "0.2528"], counts: false }] },
    { name: "results", rows: [{ name: "query", values: [null, "x".repeat(500)], counts: false }] },
  ],
  same: 31,
  problems: ["Cannot read environment of a1"],
  command: "experimaestro jobs compare a1 b2",
};
const ROWS: RowsAnswer = {
  size: 2,
  from: 0,
  rows: [one("a1"), one("c3")].map((job) => ({ ...job, job: `ir.evaluate/${job.shortId}`, what: "", values: {}, attempt: 1, pinned: false, runs: [] })),
};
const answer = (question: string): unknown =>
  question.startsWith("/api/1/compare") ? ANSWER : question.startsWith("/api/1/jobs/rows") ? ROWS : undefined;

afterEach(cleanup);

test("compare_twoJobs_showsTheCauseFirstAndMarksWhatDiffers", async () => {
  await openPage(ADDRESS, Compare, answer);
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("2 jobs of ir.evaluate · 2 parameters differ");
  expect(screen.getByText("b 0.4 → 0.75")).toBeTruthy();
  expect(screen.getByText("Cannot read environment of a1")).toBeTruthy();
  expect(screen.getByText("0.75").className).toContain("differs");
  expect(screen.getByText("0.4").className).not.toContain("differs");
  expect(screen.getByText("−0.0073")).toBeTruthy();
  expect(screen.getByText("absent")).toBeTruthy();
});

test("compare_longValue_isFoldedUntilItIsWanted", async () => {
  await openPage(ADDRESS, Compare, answer);
  const more = screen.getByRole("button", { name: "… 340 more characters" });
  expect(more.parentElement?.textContent?.startsWith("x".repeat(161))).toBe(false);
  fireEvent.click(more);
  expect(more.parentElement?.textContent?.startsWith("x".repeat(500))).toBe(true);
});

test("compare_keys_changeTheAddress", async () => {
  const page = await openPage(ADDRESS, Compare, answer);
  await page.press("b");
  expect(page.address()).toBe(`${ADDRESS}&base=ir.evaluate/b2`);
  await page.press("l");
  expect(page.address()).toBe(`${ADDRESS}&base=ir.evaluate/b2&show=logs`);
  expect(screen.getByRole("region", { name: "a1" })).toBeTruthy();
  expect(screen.getByRole("region", { name: "b2" })).toBeTruthy();
});

/** Answers as the server does: the base is the first. */
function baseFirst(question: string): unknown {
  const query = new URL(question, "http://x").searchParams;
  const names = [...new Set([query.get("base"), ...(query.get("jobs") ?? "").split(",")].filter((name) => name !== null))];
  return question.startsWith("/api/1/compare") ? { ...ANSWER, jobs: names.map((name) => one(name.slice(-2))), sections: [] } : answer(question);
}

test("compare_leaveOut_removesThatJob_whicheverIsTheBase", async () => {
  const page = await openPage("/compare?jobs=ir.evaluate/a1,ir.evaluate/b2,ir.evaluate/c3&base=ir.evaluate/b2", Compare, baseFirst);
  fireEvent.click(screen.getByRole("button", { name: "Leave out a1" }));
  await page.settle();
  expect(page.address()).toBe("/compare?jobs=ir.evaluate/b2,ir.evaluate/c3&base=ir.evaluate/b2");
});

test("compare_nextBase_takesTurnsInTheOrderOfTheAddress", async () => {
  const page = await openPage("/compare?jobs=ir.evaluate/a1,b2,ir.evaluate/c3", Compare, baseFirst);
  const bases: string[] = [];
  for (let time = 0; time < 4; time++) {
    await page.press("b");
    await page.settle();
    bases.push(page.address().slice(-2));
  }
  expect(bases).toEqual(["b2", "c3", "a1", "b2"]);
});

test("compare_addedJob_isOneThatIsNotThereYet", async () => {
  const page = await openPage(ADDRESS, Compare, answer);
  await page.press("a");
  const field = screen.getByRole("textbox", { name: "Job to add" });
  expect(document.activeElement).toBe(field);
  expect(screen.queryByRole("button", { name: /ir.evaluate a1/ })).toBeNull();
  fireEvent.keyDown(field, { key: "Enter" });
  await page.settle();
  expect(page.address()).toBe(`${ADDRESS},ir.evaluate/c3`);
});

test("compare_addedJob_isNeverOneOfTheFormerFilter", async () => {
  const rowsOf = (job: string): RowsAnswer => ({ ...ROWS, rows: ROWS.rows.slice(0, 1).map((row) => ({ ...row, job: `ir.evaluate/${job}`, shortId: job })) });
  const page = await openPage(ADDRESS, Compare, (question) =>
    question.startsWith("/api/1/jobs/rows") ? rowsOf(question.includes("q=d4") ? "d4" : "c3") : answer(question),
  );
  await page.press("a");
  const field = screen.getByRole("textbox", { name: "Job to add" });
  fireEvent.input(field, { target: { value: "d4" } });
  await act(async () => {}); // drawn, and not yet answered
  expect(screen.getByRole<HTMLButtonElement>("button", { name: /ir.evaluate c3/ }).disabled).toBe(true);
  fireEvent.keyDown(field, { key: "Enter" });
  expect(page.address()).toBe(ADDRESS);
  await page.settle();
  fireEvent.keyDown(field, { key: "Enter" });
  await page.settle();
  expect(page.address()).toBe(`${ADDRESS},ir.evaluate/d4`);
});

test("compare_oneJob_asksForAnother", async () => {
  await openPage("/compare?jobs=ir.evaluate/a1", Compare, answer);
  expect(screen.getByText("Nothing to compare yet")).toBeTruthy();
  expect(screen.getByRole("textbox", { name: "Job to add" })).toBeTruthy();
});
