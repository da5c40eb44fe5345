import { act, render } from "@testing-library/preact";
import type { ComponentType } from "preact";
import { addressOf } from "../src/address/address";
import { createKeys } from "../src/keys/dispatch";
import { KeysContext } from "../src/keys/use";
import type { Host } from "../src/store/host";
import { createStore } from "../src/store/store";
import { StoreContext } from "../src/store/use";
import { Problem } from "../src/wire/request";

/** What a page in a test sees of the world, and what it has done. */
export interface TestPage {
  address(): string;
  copied: string[];
  sent: { path: string; body: unknown }[];
  toasts(): string[];
  press(key: string, target?: EventTarget): Promise<void>;
  /** Lets what was asked arrive, and timers of up to so many milliseconds end. */
  settle(milliseconds?: number): Promise<void>;
  /** Asks again whatever is shown. */
  readAgain(): Promise<void>;
}

/** Answers a question, by its address: undefined is "not found". */
export type Answering = (question: string) => unknown;

/** Opens a screen at an address. The test is the browser, the clock and the server. */
export async function openPage(address: string, Screen: ComponentType, answer: Answering): Promise<TestPage> {
  let now = Date.parse("2026-03-18T12:03:04Z");
  let current = address;
  const timers = new Set<{ at: number; act: () => void }>();
  const copied: string[] = [];
  const sent: { path: string; body: unknown }[] = [];

  async function ask<T>(question: string, signal: AbortSignal): Promise<T> {
    await Promise.resolve();
    signal.throwIfAborted();
    const value = answer(question);
    if (value === undefined) {
      throw new Problem(404, { error: `There is no ${question}` });
    }
    return value as T;
  }

  const host: Host = {
    ask,
    async askForStream(question, signal) {
      const text = await ask<string>(question, signal);
      return new Response(text).body as ReadableStream<Uint8Array>;
    },
    async act(path, body) {
      sent.push({ path, body });
      return ask(path, new AbortController().signal);
    },
    fileLink: (file) => `${file}?key=f`,
    open: () => ({ addEventListener: () => undefined, close: () => undefined }),
    after(milliseconds, then) {
      const timer = { at: now + milliseconds, act: then };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    beforeFrame: (then) => queueMicrotask(then),
    now: () => now,
    isHidden: () => false,
    onHidden: () => undefined,
    isDark: () => false,
    onDark: () => undefined,
    reload: () => undefined,
    address: () => current,
    push: (next) => void (current = next),
    replace: (next) => void (current = next),
    onAddress: () => undefined,
    remembered: () => undefined,
    remember: () => undefined,
    copy: async (text) => copied.push(text) > 0,
  };

  const store = createStore(host);
  const keys = createKeys(() => now, () => true);

  async function settle(milliseconds = 0): Promise<void> {
    await act(async () => {
      now += milliseconds;
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        timers.delete(timer);
        timer.act();
      }
      for (let turn = 0; turn < 50; turn++) {
        await Promise.resolve();
      }
      await new Promise((done) => setTimeout(done, 0));
    });
  }

  render(
    <StoreContext.Provider value={store}>
      <KeysContext.Provider value={keys}>
        <Screen />
      </KeysContext.Provider>
    </StoreContext.Provider>,
  );
  await settle();
  await settle();
  return {
    address: () => addressOf(store.view.peek()), // the browser shows it a moment later
    copied,
    sent,
    toasts: () => store.toasts.all.value.map(({ text }) => text),
    async press(key, target = document.body) {
      const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      Object.defineProperty(event, "target", { value: target });
      await act(() => void keys.press(event));
      await settle();
    },
    settle,
    async readAgain() {
      store.readAgain();
      await settle();
      await settle();
    },
  };
}
