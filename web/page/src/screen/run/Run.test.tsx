// @vitest-environment happy-dom
import { fireEvent, screen, within } from "@testing-library/preact";
import { expect, test } from "vitest";
import { openPage } from "../../frame/pageOfTest";
import type { RunAnswer, TableAnswer, WorkspaceAnswer } from "../../wire/types";

const RUN = "/x/bm25-grid/20260318-094211";

function run(change: Partial<RunAnswer>) {
  return (question: string, answer: unknown): unknown => (question.includes("/runs/") ? { ...(answer as RunAnswer), ...change } : answer);
}

test("run_opened_saysHowItGoes", async () => {
  await openPage(RUN);
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("166 of 250 done · 7 failed · about 46 min left, until 12:49");
  expect(screen.getAllByRole("img", { name: "2 done" }).length).toBe(1);
  expect(screen.getByText("java.io.IOException: No space left on device")).toBeTruthy();
});

test("run_timeAndCores_areSaid_andAboutWhereTheyAreNotExact", async () => {
  const types = [{ type: "ir.index", counts: { done: 2 }, median: 588 }];
  await openPage(RUN, run({ types, cores: { seconds: 61 * 3600, isExact: false } }));
  expect(screen.getByText(/about 61 core-hours so far/)).toBeTruthy();
  expect(screen.getByText("9 min 48 s")).toBeTruthy();
});

test("run_best_isThatOfTheTable_withItsDirection", async () => {
  await openPage(RUN, (question, answer) => (question.includes("/table") ? { ...(answer as TableAnswer), lowest: ["MAP"] } : answer));
  const best = screen.getByRole("region", { name: "Best so far" });
  expect(best.textContent).toContain("lowest MAP, mean over seed");
  expect(best.querySelectorAll("tr").length).toBe(1);
  expect(best.querySelector("td.number")?.textContent).toMatch(/^n = \d(, best of the \d+ of \d+ that lack no value)?$/);
});

test("run_best_saysOfHowManyItIs", async () => {
  await openPage(RUN, (question, answer) => {
    if (!question.includes("/table")) {
      return answer;
    }
    const table = answer as TableAnswer;
    const of = (n: number, missing: number, isBest: boolean) => ({ ...table.lines[0]!.cells[0]!, n, missing, isBest });
    const lines = [of(3, 0, true), of(3, 0, false), of(2, 1, false)].map((cell) => ({ label: ["1"], cells: [cell] }));
    return { ...table, rows: ["k1"], columns: [{ label: [], metric: table.metrics[0]! }], lines };
  });
  expect(screen.getByRole("region", { name: "Best so far" }).textContent).toContain("n = 3, best of the 2 of 3 that lack no value");
});

test("run_former_saysOfWhichTimeItsStatesAre", async () => {
  const ended = (question: string, answer: unknown, changed: number | undefined): unknown => {
    const { left: _, ...rest } = answer as RunAnswer;
    return question.includes("/runs/") ? { ...rest, run: { ...rest.run, state: "ended" }, ...(changed === undefined ? {} : { changed }) } : answer;
  };
  await openPage(RUN, (question, answer) => ended(question, answer, 3));
  expect(screen.getByText("As the run ended; 3 jobs have another state now, which the list of jobs shows.")).toBeTruthy();
  await openPage(RUN, (question, answer) => ended(question, answer, undefined));
  expect(screen.getByText(/has not recorded how it left its jobs/)).toBeTruthy();
});

test("run_noForecast_saysWhy", async () => {
  await openPage(RUN, run({ left: { basis: "no job is done" } }));
  expect(screen.getByRole("heading", { level: 1 }).textContent).toContain("no forecast: no job is done");
});

test("run_died_saysWhatGoesOn_andHowToRunAgain", async () => {
  await openPage(RUN, (question, answer) => {
    const { run: line } = answer as RunAnswer;
    return question.includes("/runs/") ? { ...(answer as RunAnswer), left: undefined, run: { ...line, state: "died" } } : answer;
  });
  expect(screen.getByText(/ended without a result\. 39 jobs go on/)).toBeTruthy();
  expect(screen.getByText("experimaestro run-experiment bm25.yaml")).toBeTruthy();
  expect(screen.queryByRole("button", { name: /Retry/ })).toBeNull();
});

test("run_code_saysItsCommitAndChanges_andHowToGetItBack", async () => {
  const checkout = "experimaestro runs checkout bm25-grid/20260318-094211";
  await openPage(RUN, run({ code: { text: "commit 2ebe65c0, 3 files changed", checkout } }));
  expect(screen.getByText("Code: commit 2ebe65c0, 3 files changed")).toBeTruthy();
  expect(screen.getByText(checkout)).toBeTruthy();
});

test("run_readOnly_disablesActionsWithTheReason", async () => {
  await openPage(RUN, (question, answer) => (question.endsWith("/workspace") ? { ...(answer as WorkspaceAnswer), readOnly: true } : answer));
  const retry = screen.getByRole("button", { name: /Retry 7 failed/ });
  expect(retry.getAttribute("aria-disabled")).toBe("true");
  expect(retry.title).toContain("--read-only");
});

test("run_withCorruptJobs_offersToRetryTheFailedOnesAlone_andShowsTagsWhole", async () => {
  await openPage(RUN, (question, answer) => {
    const { run: line } = answer as RunAnswer;
    const change = { counts: { ...line?.counts, failed: 4, corrupt: 2 }, tags: ["formula=a=b"] };
    return question.includes("/runs/") ? { ...(answer as RunAnswer), run: { ...line, ...change } } : answer;
  });
  expect(screen.getByRole("heading", { level: 1 }).textContent).toContain("6 failed");
  expect(screen.getByRole("button", { name: /Retry 4 failed/ })).toBeTruthy();
  expect(screen.getByRole("link", { name: "All failed jobs" }).getAttribute("href")).toContain("q=state=failed,corrupt");
  expect(document.querySelector("main")?.textContent).toContain("a=b");
});

test("run_endsSoonAfterAFailure_isSaidToo", async () => {
  let failed = 7;
  let state: RunAnswer["run"]["state"] = "running";
  const { host, store } = await openPage(RUN, (question, answer) => {
    const { run: line } = answer as RunAnswer;
    return question.includes("/runs/") ? { ...(answer as RunAnswer), run: { ...line, state, counts: { ...line.counts, failed } } } : answer;
  });
  const said = (): string => document.querySelector("p[role=status]")?.textContent ?? "";
  failed = 8;
  store.readAgain();
  await host.pass(1000);
  expect(said()).toContain("1 job failed");
  state = "died";
  store.readAgain();
  await host.pass(1000);
  expect(said()).toContain("1 job failed");
  await host.pass(10_000);
  expect(said()).toBe("The run has died. ");
});

test("run_thatDoesNotExist_isAProblem", async () => {
  await openPage("/x/bm25-grid/other");
  expect(screen.getByRole("alert").textContent).toContain("There is no runs/bm25-grid/other");
});

test("workspace_isTheFrontPage", async () => {
  const { press, store } = await openPage("/");
  expect(screen.getByRole("link", { name: "bm25-grid" }).getAttribute("href")).toBe(RUN);
  await press("g", "j");
  expect(store.view.value).toEqual({ screen: "jobs" });
});

test("help_isAMapOfAllKeys_andTurnsThemOff", async () => {
  const { press, store } = await openPage(RUN);
  await press("?");
  expect(screen.getByRole("dialog", { name: "Keys", hidden: true }).textContent).toContain("select all that match");
  await press("Escape");
  store.preferences.setKeys(false);
  await press("g", "j");
  expect(store.view.value.screen).toBe("run");
});

test("run_whatWaits_namesJobsByTagsAndShortIdentifiers_withLinks", async () => {
  const { store } = await openPage(RUN, (question, answer) => {
    const run = answer as RunAnswer;
    const [first] = run.waiting ?? [];
    const obstacles = run.failures?.[0]?.jobs ?? [];
    const one = obstacles[0];
    const name = one === undefined ? "" : `${one.job.slice(0, one.job.lastIndexOf("/"))}/${one.shortId}`;
    const subject = `it depends on ${name}, which is running`;
    return question.includes("/runs/") && first !== undefined && one !== undefined
      ? { ...run, waiting: [{ ...first, subject, obstacles: [one], obstacleTotal: 1, obstacleFilter: `id=${one.shortId}` }, { ...first, type: "other", subject: "they depend on 12 jobs that are not done", obstacles, obstacleTotal: 12, obstacleFilter: "id=1,2" }] }
      : answer;
  });
  const why = document.querySelector(".why") as HTMLElement;
  expect(why.textContent).not.toMatch(/[0-9a-f]{32}/);
  expect(within(why).getAllByRole("link", { name: /^ir\.search [0-9a-f]{8}$/ }).length).toBe(1 + 3);
  expect(within(why).getAllByRole("link", { name: /^ir\.search\/[0-9a-f]{8}$/ }).length).toBe(1); // in the sentence, as a command takes it
  expect(why.querySelector(".tags")?.textContent).toContain("k1=");
  fireEvent.click(within(why).getByRole("link", { name: "all 12 jobs" }));
  expect(store.view.value).toMatchObject({ screen: "jobs", q: "id=1,2" });
});

test("run_failure_opensFromAnywhereOnItsRow", async () => {
  const { store } = await openPage(RUN);
  fireEvent.click(screen.getByText("java.io.IOException: No space left on device"));
  expect(store.view.value).toMatchObject({ screen: "jobs", q: "state=failed type=ir.search" });
});

const planned = { possible: [], impossible: [], possibleTotal: 1, impossibleTotal: 0, bytes: 0, dependents: 0, done: false, plan: "digest", effect: "no more jobs are started until it is resumed; jobs that run go on" };

test("run_pause_isConfirmedByAnotherKey_andAskedOnce", async () => {
  const { press, host, store } = await openPage(RUN, undefined, (_path, body) => ((body as { plan?: boolean }).plan === true ? planned : { ...planned, done: true, effect: "no more jobs are started" }));
  await press("P", "P");
  const dialog = screen.getByRole("dialog", { name: "Pause the run?", hidden: true });
  expect(dialog.textContent).toContain("No more jobs are started until it is resumed. Jobs that run go on.");
  await press("y");
  const name = "bm25-grid/20260318-094211";
  expect(host.acted).toEqual([
    { path: "/api/1/actions/pause", body: { run: name, plan: true } },
    { path: "/api/1/actions/pause", body: { run: name, planned: "digest" } },
  ]);
  expect(store.toasts.all.value[0]?.text).toBe("No more jobs are started.");
});

test("run_paused_saysSinceWhen_andOffersToResume", async () => {
  const { press, host } = await openPage(
    RUN,
    (question, answer) => (question.includes("/runs/") ? { ...(answer as RunAnswer), run: { ...(answer as RunAnswer).run, paused: "2026-03-18T11:00:00Z" } } : answer),
    () => planned,
  );
  expect(screen.getByRole("heading", { level: 1 }).textContent).toContain("paused since");
  expect(screen.getByRole("button", { name: /Resume/ })).toBeTruthy();
  await press("P");
  expect(host.acted).toEqual([{ path: "/api/1/actions/resume", body: { run: "bm25-grid/20260318-094211", plan: true } }]);
});

test("run_jobsAtOnce_areTyped_andAskedFor", async () => {
  const { press, host } = await openPage(RUN, run({ jobsHere: 4 }), () => planned);
  await press("J");
  const field = screen.getByRole("textbox", { name: "Jobs at once" });
  fireEvent.input(field, { target: { value: "many" } });
  fireEvent.keyDown(field, { key: "Enter" });
  expect(host.acted).toEqual([]);
  fireEvent.input(field, { target: { value: "8" } });
  fireEvent.keyDown(field, { key: "Enter" });
  await host.pass(100);
  expect(host.acted).toEqual([{ path: "/api/1/actions/set", body: { run: "bm25-grid/20260318-094211", jobsHere: 8, plan: true } }]);
  expect(screen.getByRole("dialog", { name: "Change how many jobs run at once?", hidden: true })).toBeTruthy();
});

test("run_note_isWrittenByKey", async () => {
  const done = { possible: [], impossible: [], possibleTotal: 1, impossibleTotal: 0, bytes: 0, dependents: 0, done: true, plan: "" };
  const { press, host, store } = await openPage(RUN, undefined, () => done);
  await press("m");
  const field = screen.getByRole("textbox", { name: "Note on this run" });
  expect(document.activeElement).toBe(field);
  fireEvent.input(field, { target: { value: " seed 3 had no disk " } });
  fireEvent.keyDown(field, { key: "Enter" });
  await host.pass(100);
  expect(host.acted).toEqual([{ path: "/api/1/actions/note", body: { run: "bm25-grid/20260318-094211", reason: "seed 3 had no disk" } }]);
  expect(store.toasts.all.value[0]?.text).toBe("The note is written");
  expect(screen.queryByRole("textbox", { name: "Note on this run" })).toBeNull();
});

test("run_noteOfAReadOnlyPage_isRefused", async () => {
  const { press, host, store } = await openPage(RUN, (question, answer) => (question.endsWith("/workspace") ? { ...(answer as WorkspaceAnswer), readOnly: true } : answer));
  await press("m");
  expect(screen.queryByRole("textbox", { name: "Note on this run" })).toBeNull();
  expect(host.acted).toEqual([]);
  expect(store.toasts.all.value[0]?.text).toContain("--read-only");
});
