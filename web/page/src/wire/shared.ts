import { liveAddress, streamable, type Source, type StreamHost } from "./stream";

/**
 * Streams that the windows of one browser share. A browser opens six connections to a server, and each stream holds one:
 * so one window reads for all, and passes on what comes. It is the window that has a lock, which the browser gives to
 * another one when that window is hidden or ends. The next one asks again for all, so nothing is lost between them.
 */

/** What the windows of one browser have in common. */
export interface Windows {
  /** Calls `held` once this window has the lock, which it keeps until the promise is settled, unless it is aborted before. */
  lock(held: () => Promise<void>, signal: AbortSignal): void;
  /** Sends to all other windows. */
  send(message: Message): void;
  hear(listener: (message: Message) => void): void;
}

export type Message =
  | { kind: "want"; window: string; questions: readonly string[] } // to the window that reads
  | { kind: "leave"; window: string }
  | { kind: "roll" } // from the window that reads: who wants what?
  | { kind: "answer"; question: string; data: string; to?: string }
  | { kind: "beat"; data: string; to: readonly string[] }
  | { kind: "ended" };

const NAME = "experimaestro.stream";

/** Returns the windows of this browser; undefined where it cannot say which of them reads. */
export function browserWindows(): Windows | undefined {
  const locks = navigator.locks as LockManager | undefined; // none without a secure origin
  if (locks === undefined || typeof BroadcastChannel === "undefined") {
    return undefined;
  }
  let channel: BroadcastChannel;
  try {
    channel = new BroadcastChannel(NAME);
  } catch {
    return undefined; // where the browser keeps nothing, as in a frame of another site
  }
  return {
    lock: (held, signal) => void locks.request(NAME, { signal }, held).catch(() => undefined), // it was aborted, or is refused: then nobody reads
    send: (message) => channel.postMessage(message),
    hear: (listener) => (channel.onmessage = ({ data }: MessageEvent<Message>) => listener(data)),
  };
}

type Listener = (event: MessageEvent<string>) => void;

/** What this window has opened. */
interface Opened {
  questions: readonly string[];
  listeners: Map<string, Listener>;
  isHeard: boolean;
  alone?: Source; // its own stream, if nobody reads for it
}

type Open = (address: string) => Source;
type After = StreamHost["after"];

/** A window that closed its stream keeps reading for the others so long: it mostly opens the next one at once. */
export const LINGER = 1000;
/** A window that hears nothing for so long reads for itself: who has the lock may be stopped, or nobody gets it. */
export const PATIENCE = 3000;
/** Questions that come within so many milliseconds open one stream. */
export const SETTLE = 20;
/** So often, the window that reads asks the others whether they are there: one that has crashed has not said that it leaves. */
export const ROLL = 15_000;

/** Returns a function that opens a stream as `open` does, of which each window has one at a time. */
export function sharedSources(open: Open, windows: Windows, after: After, id = String(Math.random())): Open {
  let own: Opened | undefined;
  let waiting: AbortController | undefined; // for the lock, or with it
  let reading: Reading | undefined;
  let release = (): void => {};

  function tell(name: string, data: string): void {
    if (own !== undefined && own.alone === undefined) {
      own.isHeard = true;
      own.listeners.get(name)?.(new MessageEvent(name, { data }));
    }
  }

  function readAlone(address: string, opened: Opened): void {
    if (own !== opened || opened.isHeard || reading !== undefined) {
      return; // it hears, or reads itself, and the server is silent
    }
    const source = open(address);
    opened.alone = source;
    for (const name of ["answer", "beat", "error"]) {
      source.addEventListener(name, (event) => own === opened && opened.listeners.get(name)?.(event));
    }
  }

  function hear(message: Message): void {
    if (message.kind === "want") {
      reading?.want(message.window, message.questions);
    } else if (message.kind === "leave") {
      reading?.leave(message.window);
    } else if (message.kind === "roll") {
      if (own !== undefined) {
        say({ kind: "want", window: id, questions: own.questions });
      }
    } else if (message.kind === "ended") {
      tell("error", "it has ended");
    } else if (message.kind === "beat") {
      if (message.to.includes(id)) {
        tell("beat", message.data);
      }
    } else if (message.to === undefined || message.to === id) {
      const at = own?.questions.indexOf(message.question) ?? -1;
      if (at >= 0) {
        tell("answer", message.data.replace(OF, `{"of":${at}`));
      }
    }
  }

  /** Says something to all windows, of which this is one. */
  function say(message: Message): void {
    windows.send(message);
    hear(message);
  }

  function join(): void {
    if (waiting !== undefined) {
      return;
    }
    const joined = new AbortController();
    waiting = joined;
    windows.lock(
      () =>
        new Promise((done) => {
          if (joined.signal.aborted) {
            done();
            return;
          }
          release = done;
          reading = createReading(open, say, after);
          say({ kind: "roll" });
        }),
      joined.signal,
    );
  }

  function resign(): void {
    waiting?.abort();
    waiting = undefined;
    reading?.end();
    reading = undefined;
    release();
  }

  windows.hear(hear);
  return (address) => {
    const opened: Opened = { questions: new URL(address, "http://localhost").searchParams.getAll("of"), listeners: new Map(), isHeard: false };
    own = opened;
    join();
    say({ kind: "want", window: id, questions: opened.questions });
    after(PATIENCE, () => readAlone(address, opened));
    return {
      addEventListener: (name, listener) => void opened.listeners.set(name, listener),
      close() {
        opened.alone?.close();
        if (own === opened) {
          own = undefined;
          say({ kind: "leave", window: id });
          after(LINGER, () => own === undefined && resign());
        }
      },
    };
  };
}

/** The beginning of an answer, with the index of its question. */
const OF = /^\{"of":(\d+)/;

interface Reading {
  want(window: string, questions: readonly string[]): void;
  leave(window: string): void;
  end(): void;
}

/** Reads for all windows: the questions of all, each once, in as few streams as carry them. */
function createReading(open: Open, say: (message: Message) => void, after: After): Reading {
  const wanted = new Map<string, readonly string[]>();
  const present = new Set<string>(); // windows that have been heard since the last roll call
  const late = new Set<string>(); // windows that have not been told what came before them
  const last = new Map<string, string>(); // answers, for windows that come later
  let streamed: readonly string[] = [];
  let close = (): void => {};
  let stopSettling = (): void => {};
  let stopRolling = after(ROLL, roll);

  function settle(): void {
    stopSettling();
    stopSettling = after(SETTLE, arrange);
  }

  function arrange(): void {
    const questions = [...new Set([...wanted.values()].flat())];
    if (questions.length !== streamed.length || questions.some((question) => !streamed.includes(question))) {
      openAll(questions); // and each of them is answered to all
    } else {
      for (const window of late) {
        for (const question of wanted.get(window) ?? []) {
          const data = last.get(question);
          if (data !== undefined) {
            say({ kind: "answer", question, data, to: window });
          }
        }
      }
    }
    late.clear();
  }

  function openAll(questions: readonly string[]): void {
    close();
    last.clear();
    streamed = questions;
    const sources: Source[] = [];
    let isOpen = true;
    close = () => {
      isOpen = false;
      sources.forEach((source) => source.close());
    };
    for (let rest = questions; rest.length > 0; ) {
      const carried = streamable(rest);
      const some = carried.length === 0 ? rest.slice(0, 1) : carried; // the server says what is wrong with it
      rest = rest.filter((question) => !some.includes(question));
      const source = open(liveAddress(some));
      sources.push(source);
      source.addEventListener("answer", ({ data }) => {
        const question = some[Number(OF.exec(data)?.[1])];
        if (isOpen && question !== undefined) {
          last.set(question, data);
          say({ kind: "answer", question, data });
        }
      });
      source.addEventListener("beat", ({ data }) => {
        if (isOpen) {
          const to = [...wanted].filter(([, own]) => own[0] !== undefined && some.includes(own[0])).map(([window]) => window);
          say({ kind: "beat", data, to });
        }
      });
      source.addEventListener("error", () => {
        if (isOpen) {
          close();
          streamed = [];
          say({ kind: "ended" });
        }
      });
    }
  }

  function roll(): void {
    for (const window of wanted.keys()) {
      if (!present.has(window)) {
        leave(window);
      }
    }
    present.clear();
    stopRolling = after(ROLL, roll);
    say({ kind: "roll" });
  }

  function leave(window: string): void {
    if (wanted.delete(window)) {
      settle();
    }
  }

  return {
    want(window, questions) {
      present.add(window);
      if (wanted.get(window)?.join("\n") !== questions.join("\n")) {
        wanted.set(window, questions);
        late.add(window);
        settle();
      }
    },
    leave,
    end() {
      stopSettling();
      stopRolling();
      close();
    },
  };
}
