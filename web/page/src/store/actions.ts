import { signal } from "@preact/signals";
import { Problem } from "../wire/request";
import type { ActionAnswer, ActionQuestion, WorkspaceAnswer } from "../wire/types";
import { changedWords, effectWords, jobsText, type Act, type JobAct } from "./actionWords";
import type { Host } from "./host";
import type { Live } from "./live";
import type { Noted } from "./noted";
import type { Toasts } from "./toasts";

/** What an action is for: jobs by name, those of a filter, a run itself, or what is beside it. */
export type Target = Pick<ActionQuestion, "jobs" | "run" | "q" | "jobsHere" | "action" | "service" | "answers" | "hasEnded">;

/** An action that waits for an answer: of the server, or of the reader. */
export interface Doing {
  act: Act;
  target: Target;
  stage: "planning" | "asking" | "performing";
  plan?: ActionAnswer;
  problem?: Problem;
  reason?: string;
}

/** Actions are planned, confirmed by the reader, wait some seconds or are performed, and can be taken back where possible. */
export function createActions(
  host: Host,
  live: () => Live,
  workspace: () => WorkspaceAnswer | undefined,
  toasts: Toasts,
  noted: Noted,
  readAgain: () => void,
) {
  const doing = signal<Doing | undefined>(undefined);
  let abort = new AbortController();

  async function send<T>(path: string, body: ActionQuestion): Promise<T> {
    abort = new AbortController();
    const { signal: aborted } = abort;
    return host.act<T>(`/api/1/actions/${path}`, body, aborted);
  }

  /** Returns why nothing can be done at present; undefined if it can. */
  function hindrance(): string | undefined {
    if (workspace()?.readOnly === true) {
      return "This monitor only reads: it was started with --read-only";
    }
    const now = live();
    return now.state === "lost" ? "The monitor does not answer" : now.state === "paused" ? "The page is paused: p goes on" : undefined;
  }

  function set(change: Partial<Doing>): void {
    const now = doing.peek();
    if (now !== undefined) {
      doing.value = { ...now, ...change };
    }
  }

  return {
    doing,
    hindrance,
    /** Asks the server what the action would do, so that the reader can confirm it. */
    async plan(act: Act, target: Target, reason?: string): Promise<void> {
      if (doing.peek() !== undefined) {
        return; // one action at a time
      }
      const hindered = hindrance();
      if (hindered !== undefined) {
        toasts.say(`${hindered}. Nothing was changed.`);
        return;
      }
      const begun: Doing = { act, target, stage: "planning", ...(reason === undefined ? {} : { reason }) };
      doing.value = begun;
      try {
        const plan = await send<ActionAnswer>(act, { ...target, ...(reason === undefined ? {} : { reason }), plan: true });
        if (doing.peek() === begun) {
          set({ stage: "asking", plan });
        }
      } catch (failure) {
        if (doing.peek() === begun) {
          report(failure);
        }
      }
    },
    /** Performs what was planned. */
    async confirm(): Promise<void> {
      const now = doing.peek();
      if (now?.stage !== "asking" || now.plan === undefined || now.plan.possibleTotal === 0) {
        return;
      }
      set({ stage: "performing" });
      try {
        const reason = now.reason === undefined ? {} : { reason: now.reason };
        const done = await send<ActionAnswer>(now.act, { ...now.target, planned: now.plan.plan, ...reason });
        doing.value = undefined;
        if (done.effect !== undefined) {
          toasts.say(effectWords(now.act, done.effect));
        } else if (done.noted === undefined) {
          toasts.say(changedWords(now.act as JobAct, done.possibleTotal, done.impossibleTotal, done.impossible[0]?.reason ?? ""), done.undo);
        } else {
          noted.confirmed(done.noted);
        }
        readAgain();
      } catch (failure) {
        report(failure);
      }
    },
    /** Writes a note on jobs or on a run, and returns whether it was written. Nobody is asked: nothing is lost by it. */
    async note(target: Target, text: string): Promise<boolean> {
      const hindered = hindrance();
      if (hindered !== undefined) {
        toasts.say(`${hindered}. Nothing was changed.`);
        return false;
      }
      try {
        const { impossible } = await host.act<ActionAnswer>("/api/1/actions/note", { ...target, reason: text }, new AbortController().signal);
        const refusal = impossible[0]?.reason;
        toasts.say(refusal === undefined ? "The note is written" : `The note was not written: ${refusal}`);
        readAgain();
        return refusal === undefined;
      } catch (failure) {
        toasts.say(`The note was not written: ${wordsOf(failure)}`);
        return false;
      }
    },
    /** Leaves everything as it is. */
    cancel(): void {
      if (doing.peek()?.stage !== "performing") {
        abort.abort();
        doing.value = undefined;
      }
    },
    /** Takes back the last action that can be: first those that wait, and have changed nothing yet. */
    async undo(): Promise<void> {
      const waiting = noted.newest();
      if (waiting !== undefined) {
        await undoNoted(waiting.id);
        return;
      }
      const toast = toasts.all.peek().findLast((one) => one.undo !== undefined);
      if (toast?.undo !== undefined) {
        toasts.remove(toast.id);
        await undoEntry(toast.undo);
      }
    },
    undoEntry,
    undoNoted,
  };

  async function undoNoted(id: string): Promise<void> {
    try {
      await send<ActionAnswer>("undo", { noted: id });
    } catch (failure) {
      toasts.say(`It was not taken back: ${wordsOf(failure)}`);
    }
    readAgain();
  }

  async function undoEntry(entry: string): Promise<void> {
    try {
      const done = await send<ActionAnswer>("undo", { entry });
      toasts.say(`${jobsText(done.possibleTotal)} brought back`);
      readAgain();
    } catch (failure) {
      toasts.say(`Nothing was brought back: ${wordsOf(failure)}`);
    }
  }

  function report(failure: unknown): void {
    if (abort.signal.aborted) {
      return;
    }
    set({ stage: "asking", problem: failure instanceof Problem ? failure : new Problem(0, { error: String(failure) }) });
  }
}

export type Actions = ReturnType<typeof createActions>;

/** Returns what went wrong, and what to do. */
export function wordsOf(failure: unknown): string {
  return failure instanceof Problem ? [failure.error, failure.advice].filter(Boolean).join(" ") : String(failure);
}
