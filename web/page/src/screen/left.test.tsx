// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { openPage } from "../../test/page";
import type { OrphansAnswer, TrashAnswer, TypeAnswer, TypesAnswer } from "../wire/types";
import { Orphans } from "./orphans/Orphans";
import { Trash } from "./trash/Trash";
import { Type } from "./types/Type";
import { Types } from "./types/Types";

const JOB = { job: "ir.search/a1", shortId: "a1", state: "done" as const, tags: { k1: 1 } };

afterEach(cleanup);

test("trash_entry_isBroughtBackByOnePress", async () => {
  const answer: TrashAnswer = {
    entries: [{ id: "t1", jobs: [JOB], jobTotal: 12, cleaned: "2026-03-18T11:00:00Z", by: "ana", reason: "wrong analyzer" }],
    command: "experimaestro trash list",
    empty: "experimaestro trash empty",
  };
  const page = await openPage("/trash", Trash, (question) =>
    question === "/api/1/trash" ? answer : { possibleTotal: 12, impossible: [], impossibleTotal: 0 },
  );
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("12 jobs in the trash");
  expect(screen.getByText("Emptied for good by").parentElement?.textContent).toContain("experimaestro trash empty");
  expect(screen.getByText("The same in a shell").parentElement?.textContent).toContain("experimaestro trash list");
  expect(screen.queryByRole("button", { name: /empty/i })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Bring back 12 jobs" }));
  await page.settle();
  expect(page.sent).toEqual([{ path: "/api/1/actions/undo", body: { entry: "t1" } }]);
  expect(page.toasts()).toEqual(["12 jobs brought back"]);
});

test("orphans_many_areShownInPart_andCleanedAfterAPlan", async () => {
  const answer: OrphansAnswer = {
    size: 700,
    from: 0,
    jobs: Array.from({ length: 200 }, (_, index) => ({ ...JOB, job: `ir.search/a${index}`, type: "ir.search", size: 1000 })),
    strayTotal: 12,
    strayRunning: [{ ...JOB, state: "running" }],
    problems: [],
    command: "experimaestro orphans",
  };
  const page = await openPage("/orphans", Orphans, (question) => (question === "/api/1/orphans" ? answer : {}));
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("700 orphans · more than 200 kB");
  expect(screen.getAllByRole("row").length).toBe(201);
  expect(screen.getByText("and 500 more orphans")).toBeTruthy();
  expect(screen.getByRole("region", { name: /no run wants them/ })).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Clean 200 orphans…" }));
  await page.settle();
  expect(page.sent[0]).toMatchObject({ path: "/api/1/actions/clean", body: { plan: true } });
});

test("orphans_whileARunCannotBeRead_areNotCleaned", async () => {
  const answer: OrphansAnswer = {
    size: 1,
    from: 0,
    jobs: [{ ...JOB, job: "ir.search/a", type: "ir.search", size: 1000 }],
    strayTotal: 0,
    strayRunning: [],
    problems: ["Cannot read line 2 of jobs.jsonl"],
    command: "experimaestro orphans",
  };
  await openPage("/orphans", Orphans, () => answer);
  expect(screen.getByRole("alert").textContent).toContain("Cannot read line 2 of jobs.jsonl");
  expect(screen.queryByRole("button", { name: /Clean/ })).toBeNull();
});

test("types_list_leadsToTypesAndTheirJobs", async () => {
  const answer: TypesAnswer = {
    types: [
      { type: "ir.search", summary: "Searches", isTask: true, jobs: 1200 },
      { type: "ir.bm25", isTask: false, jobs: 0 },
    ],
  };
  await openPage("/types", Types, () => answer);
  expect(screen.getByRole("link", { name: "ir.search" }).getAttribute("href")).toBe("/types/ir.search");
  expect(screen.getByRole("link", { name: "1,200" }).getAttribute("href")).toBe("/jobs?q=type=ir.search");
});

test("type_parameters_haveDefaultsRolesAndDocumentation", async () => {
  const answer: TypeAnswer = {
    type: "ir.search",
    documentation: "<b>Searches</b>",
    isTask: true,
    parameters: [{ name: "stemmer", type: "Stemmer", role: "counts", default: "NONE", documentation: "cuts words", constants: ["NONE", "PORTER"] }],
    usedBy: ["ir.evaluate"],
    command: "experimaestro types show ir.search",
  };
  await openPage("/types/ir.search", Type, () => answer);
  expect(screen.getByText("<b>Searches</b>")).toBeTruthy();
  const row = screen.getByRole("row", { name: /stemmer/ });
  expect(row.textContent).toContain("One of NONE, PORTER.");
  expect(screen.getByRole("link", { name: "ir.evaluate" }).getAttribute("href")).toBe("/types/ir.evaluate");
});
