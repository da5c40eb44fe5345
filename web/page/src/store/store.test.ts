import { effect } from "@preact/signals";
import { expect, test } from "vitest";
import { Problem } from "../wire/request";
import { fakeHost } from "./fakeHost";
import { createStore } from "./store";

const A = "/api/1/jobs?q=a";
const B = "/api/1/jobs?q=b";
const answers = (question: string): unknown => ({ question });

/** Watches an answer, and returns what was seen of it and how to stop. */
function watch(store: ReturnType<typeof createStore>, question: string) {
  const seen: unknown[] = [];
  const stop = effect(() => void seen.push(store.answer(question).value));
  return { seen, stop, last: () => seen.at(-1) as { value?: unknown; problem?: Problem; isOld: boolean } };
}

test("answer_watched_isAskedAtOnce_andThenByOneStream", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  const a = watch(store, A);
  const b = watch(store, B);
  await host.pass(10);
  expect(a.last()).toEqual({ value: { question: A }, isOld: false });
  await host.pass(500);
  expect(host.streams.map((stream) => new URL(stream.address, "http://x").searchParams.getAll("of"))).toEqual([[A, B]]);
  host.streams[0]?.send("answer", { of: 1, answer: { news: 1 } });
  await host.pass(0);
  expect(b.last()).toEqual({ value: { news: 1 }, isOld: false });
});

test("live_lostBeforeTheFirstBeat_saysWhenTheAnswersWereRead", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  watch(store, A);
  await host.pass(1000);
  host.streams[0]?.fail();
  await host.pass(0);
  expect(store.live.value).toMatchObject({ state: "lost", at: "2026-03-18T12:03:04.000Z" });
});

test("answer_notWatched_asksNothing", async () => {
  const host = fakeHost(answers);
  createStore(host).answer(A).peek();
  await host.pass(1000);
  expect(host.asked).toEqual([]);
  expect(host.streams).toEqual([]);
});

test("answer_abandonedBeforeItCame_isDropped", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  const { stop } = watch(store, A);
  stop();
  await host.pass(1000);
  expect(store.answer(A).peek()).toEqual({ isOld: true });
});

test("answer_streamIsFirst_laterAnswerOfTheRequestIsDropped", async () => {
  let release = (_: unknown): void => {};
  const host = fakeHost(answers);
  const slow = new Promise((resolve) => (release = resolve));
  host.ask = (async () => slow) as typeof host.ask;
  const store = createStore(host);
  const a = watch(store, A);
  await host.pass(500);
  host.streams[0]?.send("answer", { of: 0, answer: "new" });
  await host.pass(0);
  release("former");
  await host.pass(100);
  expect(a.last().value).toBe("new");
});

test("answer_equalNews_drawNothing", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  const a = watch(store, A);
  await host.pass(500);
  const times = a.seen.length;
  host.streams[0]?.send("answer", { of: 0, answer: { question: A } });
  await host.pass(10);
  expect(a.seen.length).toBe(times);
});

test("answer_problem_keepsTheLastValue", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  const a = watch(store, A);
  await host.pass(500);
  host.streams[0]?.send("answer", { of: 0, problem: { status: 400, error: "Wrong" } });
  await host.pass(10);
  expect(a.last().value).toEqual({ question: A });
  expect(a.last().problem).toBeInstanceOf(Problem);
});

test("live_lost_triesAgainLaterAndLater_andComesBackWhole", async () => {
  let isUp = true;
  const host = fakeHost((question) => {
    if (!isUp) {
      throw new Problem(0, { error: "The monitor does not answer." });
    }
    return { question };
  });
  const store = createStore(host);
  watch(store, A);
  await host.pass(500);
  host.streams[0]?.send("beat", { at: "2026-03-18T12:03:04Z", version: 1, program: "1" });
  expect(store.live.value).toEqual({ state: "live", at: "2026-03-18T12:03:04Z" });
  isUp = false;
  host.streams[0]?.fail();
  expect(store.live.value).toMatchObject({ state: "lost", at: "2026-03-18T12:03:04Z", retryAt: host.now() + 1000 });
  expect(store.answer(A).peek().isOld).toBe(true);
  await host.pass(1000);
  expect(store.live.value).toMatchObject({ state: "lost", retryAt: host.now() + 2000 });
  isUp = true;
  await host.pass(2000);
  expect(host.streams.length).toBe(2);
  host.streams[1]?.send("beat", { at: "2026-03-18T12:04:00Z", version: 2, program: "1" });
  expect(store.live.value.state).toBe("live");
});

const streamed = (host: ReturnType<typeof fakeHost>): string[] => new URL(host.streams.at(-1)?.address ?? "", "http://x").searchParams.getAll("of");

test("live_moreQuestionsThanAStreamTakes_readsTheOthersWhenTheFilesHaveChanged", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  const groups = Array.from({ length: 40 }, (_, index) => `/api/1/jobs/rows?group=${index}`);
  groups.forEach((group) => watch(store, group));
  await host.pass(500);
  expect(host.streams.length).toBe(1);
  expect(streamed(host)).toEqual(groups.slice(0, 32));
  const beat = (version: number) => host.streams[0]?.send("beat", { at: "2026-03-18T12:03:04Z", version, program: "1" });
  beat(1);
  await host.pass(10);
  host.asked.length = 0;
  beat(1);
  await host.pass(10);
  expect(host.asked).toEqual([]);
  beat(2);
  await host.pass(10);
  expect(host.asked).toEqual(groups.slice(32));
  expect(store.answer(groups[39] ?? "").peek().isOld).toBe(false);
  expect(store.live.value.state).toBe("live");
});

test("live_longFilter_keepsTheAddressBelowTheLimitOfTheServer", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  const groups = Array.from({ length: 20 }, (_, index) => `/api/1/jobs/rows?group=${index}&q=${"k1%3D".repeat(200)}`);
  groups.forEach((group) => watch(store, group));
  await host.pass(500);
  expect(host.streams[0]?.address.length).toBeLessThan(12_100);
  expect(streamed(host)).toEqual(groups.slice(0, 8));
});

test("live_questionTooLongForAStream_isKeptTrueByBeats", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  const long = `/api/1/jobs?q=${"x".repeat(13_000)}`;
  watch(store, long);
  await host.pass(500);
  expect(streamed(host)).toEqual(["/api/1/workspace"]);
  host.asked.length = 0;
  host.streams[0]?.send("beat", { at: "2026-03-18T12:03:04Z", version: 1, program: "1" });
  await host.pass(10);
  expect(host.asked).toEqual([long]);
});

test("live_questionsOfAStreamThatHasNotBeatYet_areAskedToo", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  watch(store, A);
  await host.pass(500);
  host.streams[0]?.fail();
  await host.pass(1000);
  expect(store.live.value.state).toBe("lost");
  watch(store, B);
  await host.pass(500);
  expect(host.streams.filter((stream) => stream.isOpen).map((stream) => new URL(stream.address, "http://x").searchParams.getAll("of"))).toEqual([[A, B]]);
});

test("live_attemptWithoutAnAnswer_isGivenUp", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  watch(store, A);
  await host.pass(500);
  host.streams[0]?.fail();
  const signals: AbortSignal[] = [];
  host.ask = ((_question: string, signal: AbortSignal) => {
    signals.push(signal);
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  }) as typeof host.ask;
  await host.pass(1000 + 10_000);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  await host.pass(2000);
  expect(signals.length).toBe(2);
});

test("live_silent_isLost", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  watch(store, A);
  await host.pass(500);
  host.streams[0]?.send("beat", { at: "2026-03-18T12:03:04Z", version: 1, program: "1" });
  await host.pass(6000);
  expect(store.live.value.state).toBe("lost");
  expect(host.streams[0]?.isOpen).toBe(false);
});

test("live_hidden_closesTheStream_andAsksForTheTitleAlone", async () => {
  const host = fakeHost(answers, "/x/grid/latest");
  const store = createStore(host);
  watch(store, A);
  await host.pass(500);
  host.hide(true);
  expect(host.streams[0]?.isOpen).toBe(false);
  host.asked.length = 0;
  await host.pass(30_000);
  expect(host.asked).toEqual(["/api/1/runs/grid/latest", "/api/1/runs/grid/latest"]);
  host.hide(false);
  await host.pass(10);
  expect(host.streams.at(-1)?.isOpen).toBe(true);
});

test("live_hiddenWhileTryingAgain_opensNoStream", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  watch(store, A);
  await host.pass(500);
  host.streams[0]?.fail();
  const { ask } = host;
  host.ask = (async (question: string) => {
    host.hide(true);
    return ask(question, new AbortController().signal); // the answer was on its way
  }) as typeof ask;
  await host.pass(1000);
  expect(host.streams.filter((stream) => stream.isOpen)).toEqual([]);
});

test("live_openedInTheBackground_asksForTheTitle_andOpensNoStream", async () => {
  const host = fakeHost(answers, "/x/grid/latest");
  host.hide(true);
  createStore(host);
  await host.pass(30_000);
  expect(host.asked).toEqual(["/api/1/runs/grid/latest", "/api/1/runs/grid/latest"]);
  expect(host.streams).toEqual([]);
});

test("live_hiddenBeforeAFrameIsDrawn_showsTheTitlesThatComeLater", async () => {
  const host = fakeHost(answers, "/x/grid/latest");
  host.beforeFrame = (act) => void (host.isHidden() ? host.after(0, act) : undefined); // frames of a seen tab never come
  const store = createStore(host);
  const title = watch(store, "/api/1/runs/grid/latest");
  await host.pass(100);
  expect(title.last().value).toBeUndefined();
  host.hide(true);
  expect(title.last()).toEqual({ value: { question: "/api/1/runs/grid/latest" }, isOld: true });
  host.ask = (async () => "news") as typeof host.ask;
  await host.pass(15_000);
  expect(title.last().value).toBe("news");
});

test("live_otherProgram_reloadsThePage", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  watch(store, A);
  await host.pass(500);
  host.streams[0]?.send("beat", { at: "", version: 1, program: "1" });
  host.streams[0]?.send("beat", { at: "", version: 2, program: "2" });
  expect(host.reloads).toBe(1);
});

test("live_paused_opensNoStream_butAnswersNewQuestions", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  watch(store, A);
  await host.pass(500);
  store.togglePause();
  const b = watch(store, B);
  await host.pass(1000);
  expect(host.streams.filter((stream) => stream.isOpen)).toEqual([]);
  expect(b.last().value).toEqual({ question: B });
  store.togglePause();
  await host.pass(500);
  expect(host.streams.at(-1)?.isOpen).toBe(true);
});

test("replace_often_writesTheLastAddressOnce_andBeforeAStep", async () => {
  const host = fakeHost(answers, "/x/grid/latest/jobs");
  const written: string[] = [];
  host.replace = (address) => void written.push(`replace ${address}`);
  host.push = (address) => void written.push(`push ${address}`);
  const store = createStore(host);
  for (let i = 0; i < 300; i++) {
    store.replace({ screen: "jobs", at: `j${i}` });
    expect(store.view.value).toMatchObject({ at: `j${i}` });
    await host.pass(30);
  }
  expect(written).toEqual([]);
  await host.pass(250);
  expect(written).toEqual(["replace /jobs?at=j299"]);
  store.replace({ screen: "jobs", at: "a" });
  store.go({ screen: "trash" });
  await host.pass(1000);
  expect(written.slice(1)).toEqual(["replace /jobs?at=a", "push /trash"]);
});

test("replace_thenTheButtonOfTheBrowser_writesNothing", async () => {
  const host = fakeHost(answers, "/jobs");
  const store = createStore(host);
  store.replace({ screen: "jobs", at: "a" });
  host.back("/trash");
  await host.pass(1000);
  expect(host.address()).toBe("/trash");
  expect(store.view.value).toEqual({ screen: "trash" });
});

test("live_beatBeforeTheFirstAnswers_keepsTheStream_andSaysNoTime", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  effect(() => void store.workspace.value);
  await host.pass(500);
  for (let second = 0; second < 10; second++) {
    host.streams.at(-1)?.send("beat", { version: 0, program: "1" });
    await host.pass(1000);
  }
  expect(host.streams.length).toBe(1);
  expect(store.live.value).toEqual({ state: "opening" });
});

test("setFilter_typingReplaces_choosingPushes", async () => {
  const host = fakeHost(answers, "/x/grid/latest/jobs");
  const pushed: string[] = [];
  const push = host.push;
  host.push = (address) => (pushed.push(address), push(address));
  const store = createStore(host);
  store.setFilter("state=fa", true);
  await host.pass(250);
  expect(host.address()).toBe("/x/grid/latest/jobs?q=state=fa");
  store.setFilter("state=failed");
  expect(pushed).toEqual(["/x/grid/latest/jobs?q=state=failed"]);
  host.back("/x/grid/latest");
  expect(store.view.value.screen).toBe("run");
});

const plan = { possible: [], impossible: [], possibleTotal: 2, impossibleTotal: 0, bytes: 0, dependents: 0, done: false, plan: "digest" };

test("actions_arePlannedConfirmedAndUndone", async () => {
  const host = fakeHost(() => ({}), "/", (_path, body) => {
    const isPlan = (body as { plan?: boolean }).plan === true;
    return isPlan ? plan : { ...plan, done: true, undo: "entry-1" };
  });
  const store = createStore(host);
  await store.actions.plan("clean", { jobs: ["t/1", "t/2"] });
  expect(store.actions.doing.value).toMatchObject({ stage: "asking", plan });
  await store.actions.confirm();
  expect(host.acted.map(({ body }) => body)).toEqual([
    { jobs: ["t/1", "t/2"], plan: true },
    { jobs: ["t/1", "t/2"], planned: "digest" },
  ]);
  expect(store.toasts.all.value.map(({ text }) => text)).toEqual(["2 jobs moved to the trash"]);
  await store.actions.undo();
  expect(host.acted.at(-1)).toEqual({ path: "/api/1/actions/undo", body: { entry: "entry-1" } });
});

test("actions_noted_areNotSaidToBeDone", async () => {
  const noted = { id: "3", action: "retry", jobs: 2, until: "2026-03-18T12:03:14Z", state: "noted" };
  const host = fakeHost(() => ({}), "/", (_path, body) => ((body as { plan?: boolean }).plan === true ? plan : { ...plan, noted }));
  const store = createStore(host);
  await store.actions.plan("retry", { jobs: ["t/1", "t/2"] });
  await store.actions.confirm();
  expect(store.actions.doing.value).toBeUndefined();
  expect(store.toasts.all.value).toEqual([]);
  store.noted.arrived([{ ...noted, state: "done", possibleTotal: 2, impossibleTotal: 0 } as never]);
  expect(store.toasts.all.value.map(({ text }) => text)).toEqual(["2 jobs will be tried again"]);
});

test("actions_plannedWhileAnotherIs_areLeft_andACancelledPlanIsDropped", async () => {
  const answers: ((plan: unknown) => void)[] = [];
  const host = fakeHost(() => ({}), "/", () => new Promise((resolve) => answers.push(resolve)));
  const { actions } = createStore(host);
  void actions.plan("kill", { jobs: ["t/a"] });
  void actions.plan("kill", { jobs: ["t/a"] });
  await host.pass(10);
  expect(host.acted.length).toBe(1);
  actions.cancel();
  void actions.plan("clean", { jobs: ["t/b"] });
  await host.pass(10);
  answers[1]?.({ ...plan, plan: "of b" });
  await host.pass(10);
  answers[0]?.({ ...plan, plan: "of a" });
  await host.pass(10);
  expect(actions.doing.value).toMatchObject({ act: "clean", target: { jobs: ["t/b"] }, stage: "asking", plan: { plan: "of b" } });
});

test("actions_refused_sayWhy_andChangeNothing", async () => {
  const host = fakeHost(
    () => ({}),
    "/",
    () => {
      throw new Problem(409, { error: "Changed since you looked" });
    },
  );
  const store = createStore(host);
  await store.actions.plan("kill", { jobs: ["t/1"] });
  expect(store.actions.doing.value?.problem?.error).toBe("Changed since you looked");
  await store.actions.confirm();
  expect(host.acted.length).toBe(1);
  store.actions.cancel();
  expect(store.actions.doing.value).toBeUndefined();
});

test("actions_paused_areHindered", async () => {
  const host = fakeHost(answers);
  const store = createStore(host);
  store.togglePause();
  await store.actions.plan("kill", { jobs: ["t/1"] });
  expect(store.actions.doing.value).toBeUndefined();
  expect(store.toasts.all.value[0]?.text).toContain("Nothing was changed");
});

test("toasts_goAfterTenSeconds_butNotUnderTheHand", async () => {
  const host = fakeHost(answers);
  const { toasts } = createStore(host);
  toasts.say("Done");
  toasts.hold(1, true);
  await host.pass(20_000);
  expect(toasts.all.value.length).toBe(1);
  toasts.hold(1, false);
  await host.pass(9_999);
  expect(toasts.all.value.length).toBe(1);
  await host.pass(1);
  expect(toasts.all.value).toEqual([]);
});

test("nextTheme_isRemembered", () => {
  const host = fakeHost(answers);
  createStore(host).preferences.nextTheme();
  expect(createStore(host).preferences.theme.value).toBe("dark");
});

test("isDark_followsTheSystem_unlessTheReaderChose", () => {
  const host = fakeHost(answers);
  const { preferences } = createStore(host);
  const seen: boolean[] = [];
  effect(() => void seen.push(preferences.isDark.value));
  host.darken(true);
  preferences.nextTheme();
  host.darken(false);
  preferences.nextTheme();
  expect(seen).toEqual([false, true, false]);
});
