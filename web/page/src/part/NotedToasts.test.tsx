// @vitest-environment happy-dom
import { cleanup, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { openPage } from "../frame/pageOfTest";
import { Problem } from "../wire/request";
import type { NotedAction, NotedAnswer } from "../wire/types";

const NOTED: NotedAction = { id: "3", action: "clean", jobs: 2, until: "2026-03-18T12:03:14Z", state: "noted" };

afterEach(cleanup);

/** Opens a page that an action waits for, and returns how the server changes it. */
async function pageWith(actions: NotedAction[], undo: () => unknown = () => ({})) {
  const answer: NotedAnswer = { actions };
  const page = await openPage("/", (question, invented) => (question === "/api/1/noted" ? structuredClone(answer) : invented), undo);
  return {
    ...page,
    async becomes(...next: NotedAction[]): Promise<void> {
      answer.actions = next;
      page.store.readAgain("/api/1/noted");
      await page.host.pass(50);
    },
    texts: () => [...document.querySelectorAll(".toast > span")].map((toast) => toast.textContent),
  };
}

test("noted_action_showsTheSecondsThatAreLeft_byTheServersClock", async () => {
  const page = await pageWith([NOTED]);
  page.host.streams.at(-1)?.send("beat", { at: "2026-03-18T12:03:01.800Z", version: 1, program: "1" });
  await page.host.pass(1000);
  const behind = page.texts()[0];
  await page.host.pass(4000);
  expect([behind, page.texts()[0]]).toEqual(["Clean 2 jobs in 12 s", "Clean 2 jobs in 8 s"]);
});

test("noted_action_isTakenBackByZ_andEachTabSaysSo", async () => {
  const page = await pageWith([{ ...NOTED, id: "2", action: "retry", jobs: 1 }, NOTED]);
  await page.press("z");
  expect(page.host.acted).toEqual([{ path: "/api/1/actions/undo", body: { noted: "3" } }]);
  await page.becomes({ ...NOTED, id: "2", action: "retry", jobs: 1 }, { ...NOTED, state: "undone" });
  expect(page.texts().at(-1)).toBe("Clean 2 jobs: taken back, nothing was changed");
  await page.press("z");
  expect(page.host.acted.at(-1)?.body).toEqual({ noted: "2" });
});

test("noted_action_thatWasPerformed_canBeTakenOutOfTheTrash", async () => {
  const page = await pageWith([NOTED]);
  await page.becomes({ ...NOTED, state: "done", possibleTotal: 1, impossibleTotal: 1, reason: "it is running", undo: "t1" });
  expect(page.texts()).toEqual(["1 job moved to the trash; 1 not: it is running"]);
  await page.press("z");
  expect(page.host.acted.at(-1)?.body).toEqual({ entry: "t1" });
});

test("noted_action_thatWasRefused_saysWhy", async () => {
  const page = await pageWith([NOTED]);
  await page.becomes({ ...NOTED, state: "refused", reason: "The jobs have changed since you looked" });
  expect(page.texts()).toEqual(["Clean 2 jobs: nothing was changed. The jobs have changed since you looked"]);
});

test("noted_actionOfBefore_saysNothing_andATooLateUndoSaysWhy", async () => {
  const page = await pageWith([{ ...NOTED, id: "1", state: "done" }, NOTED], () => {
    throw new Problem(409, { error: "Cannot undo the clean of 2 jobs: found it performing, not noted" });
  });
  expect(page.texts().length).toBe(1);
  screen.getByRole("button", { name: /Undo/ }).click();
  await page.host.pass(50);
  expect(page.texts().at(-1)).toBe("It was not taken back: Cannot undo the clean of 2 jobs: found it performing, not noted");
});

test("noted_lostServer_saysThatNothingIsKnown", async () => {
  const page = await pageWith([NOTED]);
  page.host.streams.at(-1)?.fail();
  await page.host.pass(0);
  expect(page.texts()).toEqual(["Clean 2 jobs: the monitor does not answer, so it is not known whether this was done"]);
});
