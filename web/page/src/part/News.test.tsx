// @vitest-environment happy-dom
import { cleanup, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { openPage } from "../frame/pageOfTest";
import type { RunAnswer } from "../wire/types";

const RUN = "/x/bm25-grid/20260318-094211";

afterEach(cleanup);

test("news_ofAFailure_haveItsOwnReason_andNotTheMostFrequentOne", async () => {
  let before: RunAnswer | undefined;
  const page = await openPage(RUN, (question, answer) => {
    if (/\/runs\/[^/]+\/[^/]+$/.test(question)) {
      before = answer as RunAnswer;
    }
    return answer;
  });
  const stream = page.host.streams.at(-1);
  const of = new URL(stream?.address ?? "", "http://x").searchParams.getAll("of").findIndex((question) => /\/runs\/[^/]+\/[^/]+$/.test(question));
  const { run, failures } = before!;
  const group = { ...failures[0]!, count: 1, subject: "out of memory", last: "2026-03-18T12:03:00Z" };
  const older = failures.map((each) => ({ ...each, last: "2026-03-18T11:00:00Z" }));
  stream?.send("answer", { of, answer: { ...before, failures: [...older, group], run: { ...run, counts: { ...run.counts, failed: (run.counts.failed ?? 0) + 1 } } } });
  await page.host.pass(100);
  expect(screen.getAllByRole("status").map((status) => status.textContent).join(" ")).toContain("1 job failed: out of memory. ");
});

test("live_countdownAtItsEnd_saysNow", async () => {
  const page = await openPage(RUN);
  page.host.ask = () => new Promise(() => undefined);
  page.host.streams.at(-1)?.fail();
  await page.host.pass(100);
  expect(screen.getByRole("button", { name: /^trying again in \d+ s$/ })).toBeTruthy();
  await page.host.pass(6_000);
  expect(screen.getByRole("button", { name: "trying again now" })).toBeTruthy();
});
