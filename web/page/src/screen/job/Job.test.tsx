// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { openPage } from "../../../test/page";
import type { JobAnswer, LogAnswer } from "../../wire/types";
import { Job } from "./Job";

const ID = "06ad686d6e8f2799b3daba87c1e40c14";
const ADDRESS = `/x/bm25/r1/job/ir.search/${ID}`;
const link = (name: string, state: JobAnswer["job"]["state"] = "done") => ({ job: `${name}/0a1b`, shortId: "0a1b", state, tags: {} });

function job(change: Partial<JobAnswer> = {}): JobAnswer {
  return {
    job: { job: `ir.search/${ID}`, shortId: "06ad686d", state: "failed", tags: { k1: 1.5 } },
    type: "ir.search",
    id: ID,
    folder: "/work/jobs/ir.search/06ad",
    ended: "2026-03-18T11:54:04Z",
    seconds: 364,
    host: "node05",
    cause: "EXCEPTION",
    message: "java.io.IOException: No space left on device",
    progress: [],
    attempts: [
      { number: 1, cause: "KILLED", streams: ["out"] },
      { number: 2, cause: "EXCEPTION", streams: ["out", "err"] },
    ],
    metrics: {},
    announced: [],
    parameters: [
      { name: "k1", role: "counts", value: 1.5, tag: "k1", documentation: "how fast a weight saturates" },
      { name: "topK", role: "default", value: 1000 },
    ],
    dependencies: [link("ir.index")],
    dependents: [],
    nearest: { job: link("ir.search"), differences: ["k1"] },
    runs: [],
    notes: [],
    deletedDependencies: [],
    files: [{ path: "out/run 1.txt", size: 18_000, modified: "2026-03-18T11:44:00Z", isText: true }],
    moreFiles: 0,
    actions: [
      { action: "retry", possible: true, command: "experimaestro jobs retry 06ad686d" },
      { action: "kill", possible: false, reason: "It does not run", command: "experimaestro jobs kill 06ad686d" },
    ],
    commands: { show: "experimaestro jobs show 06ad686d" },
    ...change,
  };
}

const TEXT = "INFO begins\nERROR run: No space left\n\tat ir.Search.execute(Search.java:74)\nINFO ends\n";

function answering(answer: JobAnswer, text = TEXT, log: Partial<LogAnswer> = {}) {
  const asked: string[] = [];
  const answerTo = (question: string): unknown => {
    asked.push(question);
    const url = new URL(question, "http://x");
    if (url.pathname.endsWith("/log")) {
      const size = new TextEncoder().encode(text).length;
      const stream = url.searchParams.get("stream");
      return { attempt: 2, stream, size, from: 0, to: size, firstLine: 1, lines: 4, text, isGrowing: false, ...log };
    }
    if (url.pathname.endsWith("/log/search")) {
      return `{"at":12,"line":2,"text":"ERROR"}\n{"done":true,"matches":1,"lines":4}\n`;
    }
    return url.pathname === `/api/1/jobs/ir.search/${ID}` ? answer : undefined;
  };
  return { asked, answerTo };
}

afterEach(cleanup);

test("job_failed_saysTheCauseFirst_andShowsItsErrors", async () => {
  const { asked, answerTo } = answering(job());
  await openPage(ADDRESS, Job, answerTo);
  expect(screen.getByRole("heading", { level: 1 }).textContent).toContain("ir.search 06ad686d");
  const why = screen.getByRole("region", { name: "Why it failed" });
  expect(why.textContent).toContain("No space left on device");
  expect(within(why).getByRole("link", { name: "0a1b" }).getAttribute("href")).toContain("/compare?jobs=ir.search/0a1b,ir.search/06ad");
  expect(asked.find((question) => question.includes("/log?"))).toContain("stream=err");
  const lines = within(screen.getByRole("list", { name: "Log, lines 1 to 4 of 4" })).getAllByRole("listitem");
  expect(lines.map((line) => line.className)).toEqual(["", "error", "error", ""]);
});

test("log_keys_searchAndGoToTheFirstErrorAndOtherLogs", async () => {
  const { answerTo } = answering(job());
  const page = await openPage(ADDRESS, Job, answerTo);
  await page.press("/");
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Search in the whole log" }));
  fireEvent.input(document.activeElement as HTMLElement, { target: { value: "no space" } });
  await page.settle(300);
  await page.settle();
  expect(page.address()).toBe(`${ADDRESS}?find=no+space`);
  expect(document.querySelector("mark")?.textContent).toBe("No space");
  expect(screen.getByText("1 of 1")).toBeTruthy();
  await page.press("e");
  expect(document.querySelector("[aria-current=true] .log-number")?.textContent).toBe("2");
  await page.press("s");
  expect(page.address()).toContain("stream=both");
  await page.press("s");
  expect(page.address()).toContain("stream=out");
  await page.press("a");
  expect(page.address()).toContain("attempt=1");
});

test("log_lineThatIsChosen_isInTheAddress", async () => {
  const page = await openPage(ADDRESS, Job, answering(job()).answerTo);
  fireEvent.click(screen.getByText("3", { selector: ".log-number" }));
  expect(page.address()).toBe(`${ADDRESS}?attempt=2&stream=err&line=3`);
});

test("log_ofAJobThatFails_staysTheOneThatIsRead", async () => {
  const running: JobAnswer = job({ attempts: [{ number: 1, streams: ["out", "err"] }], job: { ...job().job, state: "running" } });
  let answer = running;
  const { asked, answerTo } = answering(running);
  const page = await openPage(ADDRESS, Job, (question) => (question.endsWith(ID) ? answer : answerTo(question)));
  const before = asked.filter((question) => question.includes("/log?"));
  answer = job({ attempts: [{ number: 1, cause: "EXCEPTION", streams: ["out", "err"] }] });
  await page.readAgain();
  expect(screen.getByRole("region", { name: "Why it failed" })).toBeTruthy();
  expect(asked.filter((question) => question.includes("/log?"))).toEqual(before);
});

test("log_hostileText_isTextAlone", async () => {
  const hostile = '<img src=x onerror=alert(1)>\u001b]8;;javascript:alert(1)\u0007click\u001b]8;;\u0007\u202e\u0000\n';
  const tags = { "<b>": "<script>alert(1)</script>" };
  const answer = job({ message: "<svg onload=alert(1)>", job: { ...job().job, tags } });
  await openPage(ADDRESS, Job, answering(answer, hostile).answerTo);
  expect(document.querySelector("main img, li img, script, svg[onload], pre svg")).toBeNull();
  const line = document.querySelector(".log-text");
  expect([...(line?.querySelectorAll<HTMLElement>(".hidden-mark") ?? [])].map((mark) => mark.dataset["shown"])).toEqual(["⟨202E⟩", "^@"]);
  expect(line?.textContent).toBe("<img src=x onerror=alert(1)>click\u202e\u0000"); // as it is copied
});

test("job_keyP_pinsTheJob_orUnpinsIt", async () => {
  for (const action of ["pin", "unpin"] as const) {
    const answer = job({ actions: [{ action, possible: true, command: `experimaestro jobs ${action} 06ad686d` }] });
    const { answerTo } = answering(answer);
    const page = await openPage(ADDRESS, Job, (question) => (question.endsWith("/session") ? { token: "t" } : answerTo(question)));
    await page.press("P");
    await page.settle();
    expect(page.sent[0]?.path).toBe(`/api/1/actions/${action}`);
    cleanup();
  }
});

test("job_ofMoreThanIsSent_saysThatThereIsMore", async () => {
  const dependents = Array.from({ length: 200 }, (_, index) => ({ ...link("ir.evaluate"), job: `ir.evaluate/${index}` }));
  await openPage(ADDRESS, Job, answering(job({ dependents, moreFiles: 12 })).answerTo);
  expect(screen.getByRole("list", { name: "Needed by" }).textContent).toContain("and at least 194 more jobs");
  expect(screen.getByRole("region", { name: "Files" }).textContent).toContain("more than 18 kB");
});

test("job_resources_areWhatFilesTell_usedOfWhatWasAsked", async () => {
  const resources = { asked: { cores: 4, memory: 4e9, "accelerators a100": 1 }, cpuSeconds: 1116, maxMemoryBytes: 2.6e9, seconds: 360 };
  await openPage(ADDRESS, Job, answering(job({ resources })).answerTo);
  const words = screen.getByRole("region", { name: "Resources" }).textContent;
  expect(words).toContain("Memory2.6 GB of 4 GB");
  expect(words).toContain("Cores3.1 of 4");
  expect(words).toContain("Time6 min");
  expect(words).toContain("a1001 asked");
  cleanup();
  await openPage(ADDRESS, Job, answering(job()).answerTo);
  expect(screen.queryByRole("region", { name: "Resources" })).toBeNull();
});

test("job_attempt_saysWhatItsBatchSystemHasCounted", async () => {
  const attempts: JobAnswer["attempts"] = [
    { number: 1, cause: "OUT_OF_MEMORY", streams: ["out"], accounted: { by: "gpu", state: "OUT_OF_MEMORY", exitCode: 137, seconds: 75, cpuSeconds: 125.25, maxMemoryBytes: 3_000_000_000 } },
    { number: 2, streams: ["out"], accounted: { by: "gpu", state: "CANCELLED", seconds: 5 } },
  ];
  await openPage(ADDRESS, Job, answering(job({ attempts })).answerTo);
  const words = screen.getByRole("region", { name: "Attempts" }).textContent;
  expect(words).toContain("gpu counted 3 GB of memory, 2 min 5 s of CPU time in 1 min 15 s, OUT_OF_MEMORY, exit code 137");
  expect(words).toContain("gpu counted 5 s, CANCELLED");
});

test("job_thatWaits_saysWhyInBothPlaces", async () => {
  const { cause: _c, message: _m, ended: _e, seconds: _s, host: _h, ...rest } = job();
  const answer: JobAnswer = {
    ...rest,
    job: { ...rest.job, state: "new" },
    attempts: [],
    files: [],
    reason: { kind: "dependency", subject: "waits for ir.index", advice: "it runs", jobs: [link("ir.index", "running")] },
  };
  await openPage(ADDRESS, Job, answering(answer, "", { none: "It has not begun." }).answerTo);
  expect(screen.getByRole("region", { name: "Why it waits" }).textContent).toContain("waits for ir.index");
  expect(screen.getByText("It has not begun.")).toBeTruthy();
  expect(screen.getByText("It has no files yet.")).toBeTruthy();
});

test("parameters_moved_showTheirDocumentationInOnePlace", async () => {
  const page = await openPage(ADDRESS, Job, answering(job()).answerTo);
  await page.press("j");
  expect(screen.getByRole("treeitem", { selected: true }).textContent).toContain("k1");
  expect(screen.getByText("how fast a weight saturates")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Set 1" }));
  expect(screen.getAllByRole("treeitem").length).toBe(1);
});

test("retry_withoutARun_givesTheCommand", async () => {
  const retry = { action: "retry", possible: false, reason: "no run of bm25 lives", command: "experimaestro jobs retry ir.search/1" } as const;
  const again = "experimaestro run-experiment --workdir '/my work' bm25.yaml";
  const page = await openPage(ADDRESS, Job, answering(job({ actions: [retry], again })).answerTo);
  fireEvent.click(screen.getByRole("button", { name: "Run again…" }));
  await page.settle();
  expect(page.copied).toEqual([again]);
  await page.press("r");
  expect(page.toasts().at(-1)).toContain("no run of bm25 lives");
  expect(page.sent).toEqual([]);
});

test("job_thatWasCleaned_saysWhen_andIsBroughtBack", async () => {
  const cleaned = { entry: "20260318-090000-abcdef01", at: "2026-03-18T09:00:00Z", by: "ana" };
  const page = await openPage(ADDRESS, Job, answering(job({ job: { ...job().job, state: "new" }, attempts: [], cleaned })).answerTo);
  expect(screen.getByText(/Was cleaned at .* by ana; its result is in the trash/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Bring back" }));
  await page.settle();
  expect(page.sent).toEqual([{ path: "/api/1/actions/undo", body: { entry: cleaned.entry } }]);
});

test("job_thatIsTriedAgain_waits", async () => {
  await openPage(ADDRESS, Job, answering(job({ job: { ...job().job, state: "new" } })).answerTo);
  expect(screen.getByText(/Waits to be tried again/)).toBeTruthy();
});

test("kill_thatIsImpossible_saysWhyAndSendsNothing", async () => {
  const page = await openPage(ADDRESS, Job, answering(job()).answerTo);
  await page.press("K");
  expect(page.toasts()).toEqual(["It does not run. Nothing was changed."]);
  expect(page.sent).toEqual([]);
});

test("files_areAddressedBelowTheJob", async () => {
  await openPage(ADDRESS, Job, answering(job()).answerTo);
  const file = screen.getByRole("link", { name: "out/run 1.txt" });
  expect(file.getAttribute("href")).toBe(`/api/1/jobs/ir.search/${ID}/files/out/run%201.txt?key=f`);
  expect(file.getAttribute("rel")).toBe("noopener noreferrer");
});

test("job_thatIsGone_saysSo", async () => {
  await openPage(ADDRESS, Job, () => undefined);
  expect(screen.getByRole("alert").textContent).toContain("There is no");
});

test("log_both_showsTheStreamsBesideEachOther_andFollowsBoth", async () => {
  const { asked, answerTo } = answering(job(), TEXT, { isGrowing: true });
  const page = await openPage(`${ADDRESS}?stream=both`, Job, answerTo);
  expect(screen.getByRole("button", { name: "Both" }).getAttribute("aria-pressed")).toBe("true");
  expect(screen.getByRole("list", { name: "Output, lines 1 to 4 of 4" })).toBeTruthy();
  expect(screen.getByRole("list", { name: "Errors, lines 1 to 4 of 4" })).toBeTruthy();
  expect(asked.filter((question) => question.includes("/log?")).map((question) => new URL(question, "http://x").searchParams.get("stream"))).toEqual(["out", "err"]);
  await page.press("f");
  expect(screen.getByRole("button", { name: /Follow/ }).getAttribute("aria-pressed")).toBe("true");
  await page.press("f");
  const follow = screen.getByRole("button", { name: /Follow/ });
  expect(follow.getAttribute("aria-pressed")).toBe("false");
  fireEvent.click(follow);
  await page.settle();
  expect(follow.getAttribute("aria-pressed")).toBe("true");
  asked.length = 0;
  await page.settle(1000);
  expect(asked.filter((question) => question.includes("/log?")).map((question) => new URL(question, "http://x").searchParams.get("stream")).sort()).toEqual(["err", "out"]);
  fireEvent.click(screen.getAllByText("3", { selector: ".log-number" })[1] as HTMLElement);
  expect(page.address()).toContain("stream=err&line=3");
});

test("job_note_isWrittenOnTheJob", async () => {
  const { answerTo } = answering(job());
  const page = await openPage(ADDRESS, Job, (question) => (question.endsWith("/note") ? { possible: [], impossible: [] } : answerTo(question)));
  await page.press("m");
  fireEvent.input(screen.getByRole("textbox", { name: "Note on this job" }), { target: { value: "disk full" } });
  fireEvent.click(screen.getByRole("button", { name: "Write" }));
  await page.settle();
  expect(page.sent).toEqual([{ path: "/api/1/actions/note", body: { jobs: [`ir.search/${ID}`], reason: "disk full" } }]);
});
