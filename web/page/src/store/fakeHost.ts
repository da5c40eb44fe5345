import type { Host } from "./host";

/** A browser of a test: its clock stands, its frames are drawn when the test says so, its server is a function. */
export interface FakeHost extends Host {
  /** Lets time pass: calls what was to be called until then, and draws frames. */
  pass(milliseconds: number): Promise<void>;
  hide(isHidden: boolean): void;
  darken(isDark: boolean): void;
  back(address: string): void;
  streams: FakeStream[];
  asked: string[];
  acted: { path: string; body: unknown }[];
  copied: string[];
  reloads: number;
}

/** A stream that the page has opened. */
export interface FakeStream {
  address: string;
  isOpen: boolean;
  send(event: string, data: unknown): void;
  fail(): void;
}

export function fakeHost(answer: (question: string) => unknown, address = "/", perform: (path: string, body: unknown) => unknown = () => ({})): FakeHost {
  let now = Date.parse("2026-03-18T12:03:04Z");
  let timers: { at: number; act: () => void }[] = [];
  let current = address;
  let hidden = false;
  let dark = false;
  const darkListeners: (() => void)[] = [];
  const hiddenListeners: (() => void)[] = [];
  const addressListeners: (() => void)[] = [];
  const memory = new Map<string, string>();

  const settle = async (): Promise<void> => {
    for (let i = 0; i < 10; i++) {
      await Promise.resolve();
    }
  };

  const host: FakeHost = {
    streams: [],
    asked: [],
    acted: [],
    copied: [],
    reloads: 0,
    async ask<T>(question: string, signal: AbortSignal): Promise<T> {
      host.asked.push(question);
      await Promise.resolve();
      signal.throwIfAborted();
      return structuredClone(answer(question)) as T;
    },
    askForStream: (question, signal) => host.ask(question, signal),
    async act<T>(path: string, body: unknown): Promise<T> {
      host.acted.push({ path, body });
      return perform(path, body) as T;
    },
    fileLink: (file) => file,
    open(streamAddress) {
      const listeners = new Map<string, (event: MessageEvent<string>) => void>();
      const stream: FakeStream = {
        address: streamAddress,
        isOpen: true,
        send: (event, data) => listeners.get(event)?.({ data: JSON.stringify(data) } as MessageEvent<string>),
        fail: () => listeners.get("error")?.({} as MessageEvent<string>),
      };
      host.streams.push(stream);
      return {
        addEventListener: (event, listener) => void listeners.set(event, listener),
        close: () => (stream.isOpen = false),
      };
    },
    after(milliseconds, act) {
      const timer = { at: now + milliseconds, act };
      timers.push(timer);
      return () => (timers = timers.filter((other) => other !== timer));
    },
    beforeFrame: (act) => void host.after(0, act),
    now: () => now,
    async pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        await settle();
        const next = timers.filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) {
          break;
        }
        timers = timers.filter((timer) => timer !== next);
        now = Math.max(now, next.at);
        next.act();
      }
      now = end;
      await settle();
    },
    isHidden: () => hidden,
    onHidden: (listener) => void hiddenListeners.push(listener),
    hide(isHidden) {
      hidden = isHidden;
      hiddenListeners.forEach((listener) => listener());
    },
    isDark: () => dark,
    onDark: (listener) => void darkListeners.push(listener),
    darken(isDark) {
      dark = isDark;
      darkListeners.forEach((listener) => listener());
    },
    reload: () => void host.reloads++,
    address: () => current,
    push: (next) => void (current = next),
    replace: (next) => void (current = next),
    onAddress: (listener) => void addressListeners.push(listener),
    back(next) {
      current = next;
      addressListeners.forEach((listener) => listener());
    },
    remembered: (name) => memory.get(name),
    remember: (name, value) => void (value === undefined ? memory.delete(name) : memory.set(name, value)),
    async copy(text) {
      host.copied.push(text);
      return true;
    },
  };
  return host;
}
