// @vitest-environment happy-dom
import { fireEvent, render, screen, within } from "@testing-library/preact";
import { expect, test, vi } from "vitest";
import { jobsOf } from "../../../fixtures/workspace.ts";
import { openPage } from "../../frame/pageOfTest";
import type { JobsView } from "../../address/view";
import { Problem } from "../../wire/request";
import type { Group, JobsAnswer, RowsAnswer } from "../../wire/types";
import { columnsFor, valueWidths, type Column } from "./columns";
import { GroupRow } from "./GroupRow";
import { JobRow } from "./JobRow";

const JOBS = "/x/bm25-grid/20260318-094211/jobs";
const IDS = jobsOf(250).map((job) => job.shortId);
const PAIR = IDS.slice(0, 2); // of ir.index, done

const lines = (): HTMLElement[] => within(screen.getByRole("treegrid")).getAllByRole("row").slice(1);
const textOf = (line: HTMLElement | undefined): string => line?.textContent ?? "";
const cursor = (): string => textOf(document.getElementById(screen.getByRole("treegrid").getAttribute("aria-activedescendant") ?? "") ?? undefined);

test("jobs_opened_areGroupsByTypeAndTag", async () => {
  await openPage(JOBS);
  expect(lines().length).toBe(18);
  expect(textOf(lines()[0])).toContain("ir.evaluate");
});

test("jobs_flat_sayTheirType", async () => {
  await openPage(`${JOBS}?by=`);
  expect(screen.getByRole("columnheader", { name: "type" })).toBeTruthy();
  expect(textOf(lines()[0])).toContain("ir.search");
});

test("jobs_keys_openAGroup_andAJob", async () => {
  const { press, store } = await openPage(JOBS);
  await press("j", "j", "o");
  expect(store.view.value).toMatchObject({ screen: "jobs", open: ["ir.evaluate,0.6"] });
  expect(screen.getByRole("treegrid").getAttribute("aria-rowcount")).toBe(String(1 + 18 + 24));
  await press("j");
  expect(cursor()).toContain("failed");
  await press("Enter");
  expect(store.view.value).toMatchObject({ screen: "job", type: "ir.evaluate" });
});

test("jobs_openedJob_goesToTheNextOfTheListInItsOrder", async () => {
  const { press, store, host } = await openPage(`${JOBS}?sort=-seed`);
  await press("j", "j", "o", "j", "Enter");
  expect(store.view.value).toMatchObject({ screen: "job", by: ["type", "k1"], sort: "-seed" });
  const first = store.view.value;
  await vi.waitFor(async () => {
    await host.pass(400); // the screen is loaded when it is first needed
    screen.getByRole("button", { name: "Next job" });
  }, 60_000);
  expect(screen.getByText(/^\d+ of \d+$/)).toBeTruthy();
  await press("]");
  const second = store.view.value;
  expect(second).toMatchObject({ screen: "job", type: "ir.evaluate", by: ["type", "k1"] });
  expect(second).not.toEqual(first);
  await press("[");
  expect(store.view.value).toEqual(first);
  await press("u");
  expect(store.view.value).toMatchObject({ screen: "jobs", by: ["type", "k1"], sort: "-seed" });
}, 60_000);

test("group_ofAMetric_hasItsLeastAndItsMost_andNoMean", () => {
  const group: Group = { key: "a", depth: 0, label: "a", isMissing: false, filter: "", counts: { done: 3 }, size: 3, isLeaf: true, fixed: {}, ranges: { MAP: [0.18212, 0.2553] } };
  const column: Column = { name: "MAP", title: "MAP", kind: "metric", track: "80px" };
  const { container } = render(<GroupRow id="g" group={group} name="type" isOpen={false} columns={[column, { ...column, name: "loss" }]} line={1} isCursor={false} cell={-1} isSelected={false} />);
  expect(within(container as HTMLElement).getAllByRole("gridcell").map(textOf)).toEqual(["0.1821 – 0.2553", ""]);
  expect([...valueWidths(["MAP"], [], new Map(), [group]).values()][0]).toBeGreaterThan(110);
});

test("jobs_selection_isInTheAddress_andOffersActions", async () => {
  const { press, store, host } = await openPage(`${JOBS}?open=ir.search,1.5`);
  await press(...Array.from({ length: 14 }, () => "j"), "x", "j", "j", "X");
  expect((store.view.value as JobsView).selected?.length).toBe(3);
  expect(host.address()).toContain("sel=");
  expect(within(screen.getByRole("toolbar")).getByText("3 selected")).toBeTruthy();
  await press("c");
  expect(store.view.value).toMatchObject({ screen: "compare" });
});

test("jobs_escape_clearsTheSelection", async () => {
  const { press, store } = await openPage(`${JOBS}?sel=a,b`);
  await press("Escape");
  expect(store.view.value).not.toHaveProperty("selected");
  expect(screen.queryByRole("toolbar")).toBeNull();
});

test("jobs_valueAtTheCursor_isKeptAndDropped", async () => {
  const { press, store } = await openPage(JOBS);
  await press("j", "j", "=");
  expect(store.view.value).toMatchObject({ q: "k1=0.6" });
  await press("-");
  expect(store.view.value).not.toHaveProperty("q");
  await press("-");
  expect(store.view.value).toMatchObject({ q: "k1!=0.6" });
});

test("jobs_groupWithoutTheValue_isFoundByItsFilter", async () => {
  const { press, store, host } = await openPage(`${JOBS}?by=k1`);
  const without = lines().at(-1) as HTMLElement;
  expect(textOf(without)).toContain("no k1");
  fireEvent.click(within(without).getByTitle(/ done$/));
  expect(store.view.value).toMatchObject({ q: "not k1=.. state=done" });
  await host.pass(500);
  expect(screen.getByText("8 jobs in 1 group")).toBeTruthy();
  expect(textOf(lines()[0])).toContain("no k1");
  await press("j", "-");
  expect(store.view.value).toMatchObject({ q: "state=done" });
});

test("jobs_clickOnAState_filters_shiftAdds", async () => {
  const { store, host } = await openPage(JOBS);
  fireEvent.click(screen.getByRole("button", { name: "7 failed" }));
  expect(store.view.value).toMatchObject({ q: "state=failed" });
  fireEvent.click(screen.getByRole("button", { name: "9 running" }), { shiftKey: true });
  expect(store.view.value).toMatchObject({ q: "state=failed,running" });
  await host.pass(500);
  expect(screen.getByRole("button", { name: "7 failed" }).getAttribute("aria-pressed")).toBe("true");
  expect(screen.getByRole("button", { name: "166 done" })).toBeTruthy();
});

test("jobs_filterWithAMistake_keepsTheList_andShowsACaret", async () => {
  const { store, host } = await openPage(JOBS);
  store.setFilter("kx=1");
  await host.pass(500);
  expect(screen.getByRole("alert").textContent).toContain('No job has a tag, metric or parameter "kx"');
  expect(lines().length).toBe(18);
});

test("jobs_nothingMatches_offersToDropATest", async () => {
  const { store, host } = await openPage(`${JOBS}?q=k1=0.6+state=queued`);
  expect(screen.getByText("Nothing matches")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Drop k1=0.6" }));
  await host.pass(500);
  expect(store.view.value).toMatchObject({ q: "state=queued" });
});

test("jobs_newOrderUnderTheHand_waits", async () => {
  let isReversed = false;
  const { host } = await openPage(`${JOBS}?by=`, (question, answer) =>
    isReversed && question.includes("/rows") ? { ...(answer as RowsAnswer), rows: (answer as RowsAnswer).rows.toReversed() } : answer,
  );
  const first = textOf(lines()[0]);
  fireEvent.pointerMove(screen.getByRole("treegrid"));
  isReversed = true;
  const stream = host.streams.at(-1);
  const questions = new URL(stream?.address ?? "", "http://x").searchParams.getAll("of");
  for (const [of, question] of questions.entries()) {
    if (question.includes("/rows")) {
      stream?.send("answer", { of, answer: await host.ask(question, new AbortController().signal) });
    }
  }
  await host.pass(100);
  expect(textOf(lines()[0])).toBe(first);
  fireEvent.click(screen.getByRole("button", { name: /\d+ changes/ }));
  await host.pass(100);
  expect(textOf(lines()[0])).not.toBe(first);
});

test("jobs_openMenuOfTheTopBar_getsItsKeys", async () => {
  const { press, store } = await openPage(`${JOBS}?sel=a,b`);
  await press("j", "g", "e");
  const at = cursor();
  const first = document.activeElement;
  await press("ArrowDown", "x", "K");
  expect(document.activeElement?.closest(".menu")).toBeTruthy();
  expect(document.activeElement).not.toBe(first);
  expect(cursor()).toBe(at);
  await press("Escape");
  expect(document.querySelector(".menu")).toBeNull();
  expect(store.view.value).toMatchObject({ selected: ["a", "b"] });
  await press("Escape");
  expect(store.view.value).not.toHaveProperty("selected");
});

test("jobs_choiceInAMenu_leavesTheFocusOnItsButton", async () => {
  const { press } = await openPage(JOBS);
  await press("s");
  (document.activeElement as HTMLElement).click();
  await press();
  expect(document.activeElement?.getAttribute("aria-haspopup")).toBe("true");
});

test("jobs_allSelected_areNotUnselectedOneByOne", async () => {
  const { press, store } = await openPage(`${JOBS}?by=&sel=all`);
  await press("j", "x", "X");
  expect(store.view.value).toMatchObject({ selected: ["all"] });
  expect(store.toasts.all.value[0]?.text).toBe("All are selected: Esc clears");
});

test("jobs_allSelected_areThoseOfTheirFilterAlone", async () => {
  const { store, host } = await openPage(`${JOBS}?q=state=failed&sel=all`);
  store.setFilter("");
  await host.pass(400);
  expect(store.view.value).not.toHaveProperty("selected");
});

/** Returns a page whose reader selects a group of which nothing has been read, and the way to answer for its rows. */
async function selectingAGroup() {
  const page = await openPage(JOBS);
  const { ask } = page.host;
  let answer = (_failure?: Problem): void => {};
  const isAnswered = new Promise<void>((resolve, reject) => (answer = (failure) => (failure === undefined ? resolve() : reject(failure))));
  page.host.ask = (async (question: string, signal: AbortSignal) => {
    if (question.includes("/rows")) {
      await isAnswered;
    }
    return ask(question, signal);
  }) as typeof ask;
  await page.press("j", "j", "x");
  async function answered(failure?: Problem): Promise<void> {
    answer(failure);
    for (let i = 0; i < 24; i++) {
      await page.host.pass(1); // each job takes a turn
    }
  }
  return { ...page, answered };
}

test("jobs_selectedGroup_isAddedToWhatIsSelectedByThen", async () => {
  const { store, answered } = await selectingAGroup();
  store.replace({ ...(store.view.value as JobsView), selected: ["another"] });
  await answered();
  expect((store.view.value as JobsView).selected?.length).toBe(1 + 24);
});

test("jobs_selectedGroup_isDropped_whenTheReaderHasGoneOn", async () => {
  const { store, answered } = await selectingAGroup();
  store.setFilter("state=failed");
  await answered();
  expect(store.view.value).not.toHaveProperty("selected");
});

test("jobs_selectedGroup_saysWhyItIsNot", async () => {
  const { store, answered } = await selectingAGroup();
  await answered(new Problem(0, { error: "The monitor does not answer." }));
  expect(store.view.value).not.toHaveProperty("selected");
  expect(store.toasts.all.value.map(({ text }) => text)).toEqual(["Nothing was selected: The monitor does not answer."]);
});

/** Gives the second job of a list two more rows, with other tags. */
function tagged(question: string, answer: unknown): unknown {
  if (!question.includes("/rows")) {
    return answer;
  }
  const { rows, ...more } = answer as RowsAnswer;
  const second = rows.slice(1, 2);
  return { ...more, rows: [...rows.slice(0, 2), ...second.map((row) => ({ ...row, tags: { twin: 1 } })), ...second.map((row) => ({ ...row, tags: { twin: 2 } })), ...rows.slice(2)] };
}

test("jobs_jobWithSeveralRows_letsTheCursorPass", async () => {
  const { press } = await openPage(`${JOBS}?by=`, tagged);
  const seen: string[] = [];
  for (let i = 0; i < 6; i++) {
    await press("j");
    seen.push(screen.getByRole("treegrid").getAttribute("aria-activedescendant") ?? "");
  }
  expect(seen).toEqual([0, 1, 2, 3, 4, 5].map((index) => `line-${index}`));
});

test("filter_typedThenLeft_doesNotComeBack", async () => {
  const { store, host } = await openPage(JOBS);
  fireEvent.input(screen.getByRole("combobox"), { target: { value: "state=failed" } });
  store.go({ screen: "trash" });
  await host.pass(400);
  expect(store.view.value).toEqual({ screen: "trash" });
});

test("jobs_planThatTakesLong_isAModalThatEscCancels", async () => {
  const { press, host, store } = await openPage(`${JOBS}?sel=${PAIR.join(",")}`, undefined, () => new Promise(() => {}));
  await press("K", "x", "K");
  expect(screen.getByRole("dialog", { name: "Looking…", hidden: true })).toBeTruthy();
  expect(store.view.value).toMatchObject({ selected: PAIR });
  await press("Escape");
  expect(screen.queryByRole("dialog", { hidden: true })).toBeNull();
  expect(store.view.value).toMatchObject({ selected: PAIR });
  expect(host.acted.length).toBe(1);
});

test("jobs_kill_isConfirmedByYAlone", async () => {
  const plan = { possible: [], impossible: [], possibleTotal: 2, impossibleTotal: 0, bytes: 0, dependents: 0, done: false, plan: "p" };
  const { press, host } = await openPage(`${JOBS}?sel=${PAIR.join(",")}`, undefined, () => plan);
  await press("K", "K", "Enter");
  expect(screen.getByRole("dialog", { name: "Kill 2 jobs?", hidden: true })).toBeTruthy();
  expect(host.acted.length).toBe(1);
  await press("y");
  expect(host.acted[1]?.body).toEqual({ jobs: PAIR, planned: "p" });
});

const plan = { possible: [], impossible: [], possibleTotal: 1, impossibleTotal: 0, bytes: 0, dependents: 0, done: false, plan: "p" };

test("jobs_selectedThatTheListHasNoMore_areLeftAlone_andThatIsSaid", async () => {
  const failed = jobsOf(250).find((job) => job.state === "failed")?.shortId ?? "";
  const { press, host } = await openPage(`${JOBS}?q=state=failed&sel=${failed},${IDS[0]}`, undefined, () => plan);
  const bar = screen.getByRole("toolbar", { name: "1 selected job" });
  expect(bar.textContent).toContain("1 selected");
  expect(bar.textContent).toContain("1 more not in this list: left alone");
  await press("D");
  expect(host.acted[0]?.body).toEqual({ jobs: [failed], plan: true });
});

test("jobs_selectedOfWhichTheListHasNone_areNotActedOn", async () => {
  const { press, host, store } = await openPage(`${JOBS}?q=state=failed&sel=${IDS[0]}`, undefined, () => plan);
  await press("D");
  expect(host.acted).toEqual([]);
  expect(store.toasts.all.value[0]?.text).toBe("The list has none of the selected jobs. Nothing was changed.");
});

test("jobs_confirmation_namesJobsByTheirTags", async () => {
  const [job] = jobsOf(250);
  const { press } = await openPage(`${JOBS}?sel=${PAIR.join(",")}`, undefined, () => ({ ...plan, possible: [{ job, effect: "ends", dependents: 0 }] }));
  await press("K");
  expect(screen.getByRole("dialog", { hidden: true }).textContent).toContain("dataset=trec-covid");
});

test("jobs_openedWithAWrongFilter_saysWhatIsWrong", async () => {
  await openPage(`${JOBS}?q=state=failed+lyers=3`);
  expect(document.querySelector("main")?.textContent).toContain('No job has a tag, metric or parameter "lyers"');
  expect(document.querySelector(".reading")).toBeNull();
  expect(document.querySelector(".filter .mistake pre")?.textContent).toBe("state=failed lyers=3\n             ^^^^^");
});

test("jobs_rowsThatAreRefused_sayWhy", async () => {
  await openPage(`${JOBS}?by=`, (question, answer) => {
    if (question.includes("/rows")) {
      throw new Problem(404, { error: "There is no such group" });
    }
    return answer;
  });
  expect(screen.getByRole("alert").textContent).toContain("There is no such group");
});

test("jobs_groupsThatTheServerWouldChooseOtherwise_stayUntilTheReaderChooses", async () => {
  let by = ["type", "k1"];
  const { host, store } = await openPage(JOBS, (question, answer) => {
    const asksForNone = question.includes("/jobs?") && !question.includes("by=");
    return asksForNone ? { ...(answer as JobsAnswer), by, ...(by.length === 1 ? { groups: (answer as JobsAnswer).groups.filter(({ depth }) => depth === 0).map((group) => ({ ...group, isLeaf: true })) } : {}) } : answer;
  });
  expect(lines().length).toBe(18);
  by = ["type"];
  store.readAgain();
  await host.pass(500);
  expect(lines().length).toBe(18);
  expect(store.view.value).not.toHaveProperty("by");
  fireEvent.click(screen.getByRole("button", { name: "Group by type" }));
  await host.pass(500);
  expect(lines().length).toBe(5);
});

test("filter_typedOn_isAskedForSoon_andTheFormerRequestIsAborted", async () => {
  const { host } = await openPage(JOBS);
  const asked: { question: string; signal: AbortSignal }[] = [];
  host.ask = ((question: string, signal: AbortSignal) => {
    asked.push({ question, signal });
    return new Promise(() => {});
  }) as typeof host.ask;
  const field = screen.getByRole("combobox");
  fireEvent.input(field, { target: { value: "state=f" } });
  await host.pass(40);
  const first = asked.find(({ question }) => question.includes("q=state%3Df"));
  expect(first?.signal.aborted).toBe(false);
  fireEvent.input(field, { target: { value: "state=failed" } });
  await host.pass(40);
  expect(asked.some(({ question }) => question.includes("q=state%3Dfailed"))).toBe(true);
  expect(first?.signal.aborted).toBe(true);
});

test("filter_firstKey_isAskedForAtOnce_andThoseOfABurstTogether", async () => {
  const { host } = await openPage(JOBS);
  const asked: string[] = [];
  host.ask = ((question: string) => {
    asked.push(question);
    return new Promise(() => {});
  }) as typeof host.ask;
  const field = screen.getByRole("combobox");
  fireEvent.input(field, { target: { value: "h" } });
  await host.pass(0);
  expect(asked.filter((question) => question.includes("q=h")).length).toBeGreaterThan(0);
  for (const text of ["ho", "hos", "host"]) {
    fireEvent.input(field, { target: { value: text } });
  }
  await host.pass(40);
  expect(asked.some((question) => /q=hos?&/.test(`${question}&`))).toBe(false);
  expect(asked.some((question) => question.includes("q=host"))).toBe(true);
});

test("filter_ofAListWithoutGroups_showsTheNumberAndTheRowsTogether", async () => {
  const { host } = await openPage(`${JOBS}?by=`);
  const count = (): string | null => screen.getByRole("treegrid").getAttribute("aria-rowcount");
  const former = { count: count(), first: lines()[0]?.textContent };
  const asked = new Map<string, (answer: unknown) => void>();
  const ask = host.ask.bind(host);
  host.ask = ((question: string, signal: AbortSignal) =>
    question.includes("/jobs") ? new Promise((done) => asked.set(question, done as (answer: unknown) => void)) : ask(question, signal)) as typeof host.ask;
  fireEvent.input(screen.getByRole("combobox"), { target: { value: "state=failed" } });
  await host.pass(0);
  const [number, rows] = [...asked.keys()].filter((question) => question.includes("q=state%3Dfailed")).sort((one, other) => one.length - other.length);
  expect(rows).toContain("/jobs/rows");
  asked.get(number ?? "")?.(await ask(number ?? "", new AbortController().signal));
  await host.pass(20);
  expect({ count: count(), first: lines()[0]?.textContent }).toEqual(former);
  asked.get(rows ?? "")?.(await ask(rows ?? "", new AbortController().signal));
  await host.pass(400);
  expect(count()).not.toBe(former.count);
  expect(lines()[0]?.textContent).toContain("failed");
});

test("job_failedOnAPhone_tellsItsCauseInThePlaceOfItsState", () => {
  const [state] = columnsFor(390, [], [], new Map()).columns.filter(({ kind }) => kind === "state");
  const row = jobsOf(250).find((job) => job.state === "failed" && job.what !== "");
  render(<JobRow id="j" row={row} depth={0} list={{}} columns={state === undefined ? [] : [state]} line={1} isCursor={false} cell={-1} isSelected={false} />);
  expect(screen.getAllByRole("gridcell").map(({ textContent }) => textContent)).toContain(row?.what);
});
