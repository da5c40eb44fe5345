import { expect, test } from "vitest";
import { LINGER, PATIENCE, ROLL, SETTLE, sharedSources, type Message, type Windows } from "./shared";
import { liveAddress, type Source } from "./stream";

/** A browser of a test: its windows, its one lock, and the streams that are open. */
function createBrowser() {
  let now = 0;
  let timers: { at: number; act: () => void; window: string }[] = [];
  const listeners = new Map<string, (message: Message) => void>();
  let queue: { window: string; held: () => Promise<void>; signal: AbortSignal }[] = [];
  let holder: string | undefined;
  const streams: { window: string; questions: string[]; isOpen: boolean; send: (name: string, data: unknown) => void }[] = [];

  function next(): void {
    queue = queue.filter(({ signal }) => !signal.aborted);
    const first = holder === undefined ? queue.shift() : undefined;
    if (first !== undefined) {
      holder = first.window;
      void first.held().then(() => {
        holder = holder === first.window ? undefined : holder;
        next();
      });
    }
  }

  async function pass(milliseconds: number): Promise<void> {
    for (const end = now + milliseconds; ; ) {
      for (let turn = 0; turn < 10; turn++) {
        await Promise.resolve();
      }
      const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) {
        now = end;
        return;
      }
      timers = timers.filter((timer) => timer !== due);
      now = due.at;
      due.act();
    }
  }

  /** Opens a window, and returns what it does and has heard. */
  function openWindow(window: string) {
    const windows: Windows = {
      lock: (held, signal) => {
        queue.push({ window, held, signal });
        next();
      },
      send: (message) => [...listeners].forEach(([other, listener]) => other !== window && listener(structuredClone(message))),
      hear: (listener) => void listeners.set(window, listener),
    };
    const open = (address: string): Source => {
      const told = new Map<string, (event: MessageEvent<string>) => void>();
      const stream = {
        window,
        questions: new URL(address, "http://x").searchParams.getAll("of"),
        isOpen: true,
        send: (name: string, data: unknown) => told.get(name)?.(new MessageEvent(name, { data: typeof data === "string" ? data : JSON.stringify(data) })),
      };
      streams.push(stream);
      return { addEventListener: (name, listener) => void told.set(name, listener), close: () => (stream.isOpen = false) };
    };
    const after = (milliseconds: number, act: () => void) => {
      const timer = { at: now + milliseconds, act, window };
      timers.push(timer);
      return () => (timers = timers.filter((other) => other !== timer));
    };
    const shared = sharedSources(open, windows, after, window);
    const heard: string[] = [];
    return {
      heard,
      show(...questions: string[]): Source {
        const source = shared(liveAddress(questions));
        for (const name of ["answer", "beat", "error"]) {
          source.addEventListener(name, ({ data }) => void heard.push(`${name} ${data}`));
        }
        return source;
      },
      /** Ends the window without a word, as a crash does. */
      crash(): void {
        listeners.delete(window);
        timers = timers.filter((timer) => timer.window !== window);
        queue = queue.filter((one) => one.window !== window);
        streams.filter((stream) => stream.window === window).forEach((stream) => (stream.isOpen = false));
        holder = holder === window ? undefined : holder;
        next();
      },
    };
  }
  /** Stops a window, which keeps the lock and does nothing any more. */
  function freeze(window: string): void {
    listeners.delete(window);
    timers = timers.filter((timer) => timer.window !== window);
  }

  return { openWindow, freeze, pass, streams, opened: () => streams.filter(({ isOpen }) => isOpen) };
}

test("windows_many_shareOneStream_andEachHearsItsOwnAnswers", async () => {
  const browser = createBrowser();
  const windows = Array.from({ length: 12 }, (_, index) => browser.openWindow(`w${index}`));
  windows.forEach((window, index) => window.show("a", `q${index}`));
  await browser.pass(SETTLE);
  const [stream, ...others] = browser.opened();
  expect(others).toEqual([]);
  expect(stream?.questions.length).toBe(13);
  stream?.send("answer", { of: stream.questions.indexOf("q7"), answer: 1 });
  stream?.send("answer", { of: 0, answer: 2 });
  stream?.send("beat", { version: 1 });
  expect(windows[7]?.heard).toEqual(['answer {"of":1,"answer":1}', 'answer {"of":0,"answer":2}', 'beat {"version":1}']);
  expect(windows[0]?.heard).toEqual(['answer {"of":0,"answer":2}', 'beat {"version":1}']);
});

test("windows_moreQuestionsThanAStreamCarries_haveSeveral_andBeatOnce", async () => {
  const browser = createBrowser();
  const windows = Array.from({ length: 4 }, (_, index) => browser.openWindow(`w${index}`));
  windows.forEach((window, index) => window.show(...Array.from({ length: 12 }, (_, question) => `q${index}.${question}`)));
  await browser.pass(SETTLE);
  expect(browser.opened().map(({ questions }) => questions.length)).toEqual([32, 16]);
  browser.opened().forEach((stream) => stream.send("beat", {}));
  expect(windows.map(({ heard }) => heard)).toEqual(windows.map(() => ["beat {}"]));
});

test("window_thatComesLater_isToldWhatCameBefore", async () => {
  const browser = createBrowser();
  browser.openWindow("first").show("a", "b");
  await browser.pass(SETTLE);
  browser.opened()[0]?.send("answer", { of: 1, answer: "news" });
  const late = browser.openWindow("late");
  late.show("b");
  await browser.pass(SETTLE);
  expect(late.heard).toEqual(['answer {"of":0,"answer":"news"}']);
  expect(browser.streams.length).toBe(1);
});

test("window_withAnotherQuestion_hasItAskedInTheOneStream", async () => {
  const browser = createBrowser();
  browser.openWindow("first").show("a");
  await browser.pass(SETTLE);
  browser.openWindow("second").show("b");
  await browser.pass(SETTLE);
  expect(browser.opened().map(({ window, questions }) => [window, questions])).toEqual([["first", ["a", "b"]]]);
});

test.each(["closes", "crashes"])("windowThatReads_%s_anotherReadsForAll", async (how) => {
  const browser = createBrowser();
  const first = browser.openWindow("first");
  const source = first.show("a");
  const second = browser.openWindow("second");
  second.show("b");
  const third = browser.openWindow("third");
  third.show("c");
  await browser.pass(SETTLE);
  if (how === "closes") {
    source.close();
    await browser.pass(LINGER);
  } else {
    first.crash();
  }
  await browser.pass(SETTLE);
  const [stream, ...others] = browser.opened();
  expect(others).toEqual([]);
  expect([stream?.window, stream?.questions.toSorted()]).toEqual(["second", ["b", "c"]]);
  stream?.send("answer", { of: stream.questions.indexOf("c"), answer: 3 }); // each stream begins with whole answers
  expect(third.heard.at(-1)).toBe('answer {"of":0,"answer":3}');
});

test("windowThatReads_askingOtherQuestions_staysTheOneThatReads", async () => {
  const browser = createBrowser();
  const first = browser.openWindow("first");
  first.show("a").close();
  const source = first.show("b");
  browser.openWindow("second").show("c");
  await browser.pass(2 * LINGER);
  expect(browser.opened().map(({ window, questions }) => [window, questions])).toEqual([["first", ["b", "c"]]]);
  browser.opened()[0]?.send("beat", {});
  source.close();
  await browser.pass(LINGER + SETTLE);
  expect(browser.opened().map(({ window, questions }) => [window, questions])).toEqual([["second", ["c"]]]);
});

test("stream_ends_isToldToEachWindow", async () => {
  const browser = createBrowser();
  const windows = [browser.openWindow("first"), browser.openWindow("second")];
  windows.forEach((window) => window.show("a"));
  await browser.pass(SETTLE);
  browser.opened()[0]?.send("error", "it has ended");
  expect(windows.map(({ heard }) => heard)).toEqual([["error it has ended"], ["error it has ended"]]);
  expect(browser.opened()).toEqual([]);
});

test("window_thatCrashed_isAskedForNoMore", async () => {
  const browser = createBrowser();
  browser.openWindow("first").show("a");
  const second = browser.openWindow("second");
  second.show("b");
  await browser.pass(SETTLE);
  second.crash();
  await browser.pass(2 * ROLL + SETTLE);
  expect(browser.opened().map(({ questions }) => questions)).toEqual([["a"]]);
});

test("windowThatHearsNothing_readsForItself", async () => {
  const browser = createBrowser();
  browser.openWindow("first").show("a");
  await browser.pass(SETTLE);
  browser.freeze("first");
  const second = browser.openWindow("second");
  const source = second.show("b");
  await browser.pass(PATIENCE);
  const own = browser.opened().find(({ window }) => window === "second");
  expect(own?.questions).toEqual(["b"]);
  own?.send("answer", { of: 0, answer: 1 });
  expect(second.heard).toEqual(['answer {"of":0,"answer":1}']);
  source.close();
  expect(browser.opened().map(({ window }) => window)).toEqual(["first"]);
});

test("windows_closed_leaveNoStreamOpen", async () => {
  const browser = createBrowser();
  const sources = [browser.openWindow("first").show("a"), browser.openWindow("second").show("b")];
  await browser.pass(SETTLE);
  sources.forEach((source) => source.close());
  await browser.pass(LINGER + SETTLE);
  expect(browser.opened()).toEqual([]);
});
