import { batch, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { Problem } from "../wire/request";
import type { Host } from "./host";
import { share } from "./share";

/** What is known of a question. The last value stays when there is a problem, and while the next one is read. */
export interface Answer<T> {
  value?: T;
  problem?: Problem;
  isOld: boolean; // nobody keeps it true at the moment
}

interface Known {
  answer: Signal<Answer<unknown>>;
  isWatched: boolean;
  abort: AbortController | undefined;
}

/** Answers that nobody watches any more, and are kept for the way back. */
const KEPT = 64;

const NOTHING: Answer<never> = { isOld: true };

/** The answers to questions. A question is asked when somebody begins to watch its answer, and only then. */
export function createAnswers(host: Host, watchedChanged: () => void) {
  const all = new Map<string, Known>();
  const arrived = new Map<string, Answer<unknown>>();
  let lastRead: number | undefined;

  function known(question: string): Known {
    const former = all.get(question);
    if (former !== undefined) {
      return former;
    }
    const begun: Known = {
      answer: signal<Answer<unknown>>(NOTHING, { watched: () => watch(question, begun), unwatched: () => unwatch(begun) }),
      isWatched: false,
      abort: undefined,
    };
    all.set(question, begun);
    return begun;
  }

  function watch(question: string, known: Known): void {
    known.isWatched = true;
    all.delete(question); // the newest is the last
    all.set(question, known);
    read(question, known);
    watchedChanged();
  }

  function unwatch(known: Known): void {
    known.isWatched = false;
    known.abort?.abort();
    known.abort = undefined;
    // Not at once: a component that only changes places watches again in the same turn.
    host.after(0, () => forgetOldest());
    watchedChanged();
  }

  function forgetOldest(): void {
    const unwatched = [...all].filter(([, known]) => !known.isWatched);
    for (const [question, known] of unwatched.slice(0, Math.max(0, unwatched.length - KEPT))) {
      if (!known.isWatched) {
        all.delete(question);
      }
    }
    batch(() => unwatched.forEach(([, known]) => !known.isWatched && setOld(known)));
  }

  function setOld(known: Known): void {
    const answer = known.answer.peek();
    if (!answer.isOld) {
      known.answer.value = { ...answer, isOld: true };
    }
  }

  function read(question: string, known: Known): void {
    known.abort?.abort();
    const abort = new AbortController();
    known.abort = abort;
    host.ask<unknown>(question, abort.signal).then(
      (value) => {
        lastRead = host.now();
        if (known.abort === abort) {
          arrive(question, { value, isOld: false });
        }
      },
      (failure: unknown) => known.abort === abort && arrive(question, { problem: asProblem(failure), isOld: true }),
    );
  }

  /** Takes an answer, which is shown with all others of this frame at once. */
  function arrive(question: string, answer: Answer<unknown>): void {
    const known = all.get(question);
    if (known === undefined) {
      return;
    }
    known.abort = undefined; // a later answer than that of the request, which is dropped
    if (arrived.size === 0) {
      host.beforeFrame(apply);
    }
    arrived.set(question, answer);
  }

  function apply(): void {
    const answers = [...arrived];
    arrived.clear();
    batch(() => {
      for (const [question, answer] of answers) {
        const known = all.get(question);
        if (known !== undefined) {
          const former = known.answer.peek();
          known.answer.value = share(former, answer.problem === undefined ? answer : { ...former, ...answer });
        }
      }
    });
  }

  return {
    /** Returns the answer to a question; it is kept true as long as somebody watches it. */
    of: <T>(question: string): ReadonlySignal<Answer<T>> => known(question).answer as Signal<Answer<T>>,
    watched: (): string[] => [...all].filter(([, known]) => known.isWatched).map(([question]) => question),
    arrive,
    /** Returns when an answer was last read by a request of its own; undefined before the first one. */
    lastRead: (): number | undefined => lastRead,
    /** Reads again what is watched, or one question. */
    readAgain(only?: string): void {
      for (const [question, known] of all) {
        if (known.isWatched && (only === undefined || question === only)) {
          read(question, known);
        }
      }
    },
    /** Says that nobody keeps the answers true until they arrive again; what has arrived is not held back for a frame. */
    allOld: (): void =>
      batch(() => {
        apply();
        all.forEach(setOld);
      }),
  };
}

export type Answers = ReturnType<typeof createAnswers>;

function asProblem(failure: unknown): Problem {
  return failure instanceof Problem ? failure : new Problem(0, { error: String(failure) });
}
