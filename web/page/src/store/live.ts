import { signal } from "@preact/signals";
import { Problem } from "../wire/request";
import { backoff, openStream, streamable } from "../wire/stream";
import type { LiveAnswer, LiveBeat } from "../wire/types";
import type { Answers } from "./answers";
import type { Host } from "./host";

/** How true the page is. `at` is the last time when the server read the files. */
export type Live =
  | { state: "opening" }
  | { state: "live"; at: string }
  | { state: "lost"; at?: string; retryAt: number; problem?: Problem }
  | { state: "paused"; at?: string };

/** The stream opens again so long after the last change of the questions. */
const QUIET = 120;
/** An attempt to reach the server is given up after so many milliseconds. */
const PATIENCE = 10_000;
/** A hidden tab asks for its title alone. */
const HIDDEN = 15_000;

/** The connection of a page: one stream while it is seen, none while it is hidden or paused. */
export function createLive(host: Host, answers: () => Answers, titleQuestion: () => string) {
  const live = signal<Live>({ state: "opening" });
  let close: (() => void) | undefined;
  let opened: readonly string[] = [];
  let version: number | undefined; // of the files, when the questions beside the stream were read
  let failures = 0;
  let program: string | undefined;
  let ahead: number | undefined; // milliseconds of this clock before the server's
  let cancel = (): void => {};
  let trying: AbortController | undefined;

  const lastAt = (): { at?: string } => {
    const now = live.peek();
    if ("at" in now && now.at !== undefined) {
      return { at: now.at };
    }
    const read = answers().lastRead(); // the server may go before its first beat
    return read === undefined ? {} : { at: new Date(read).toISOString() };
  };

  function later(milliseconds: number, act: () => void): void {
    cancel();
    cancel = host.after(milliseconds, act);
  }

  function stop(): void {
    cancel();
    trying?.abort();
    trying = undefined;
    close?.();
    close = undefined;
    opened = [];
    version = undefined;
  }

  function open(): void {
    const watched = answers().watched();
    const fitting = streamable(watched);
    const questions = fitting.length === 0 ? [titleQuestion()] : fitting; // its beats tell when to read the others
    if (watched.length === 0 || questions.join("\n") === opened.join("\n") || host.isHidden()) {
      return;
    }
    stop();
    opened = questions;
    close = openStream(questions, { answered, beat, lost }, host);
  }

  function answered(question: string, { answer, problem }: LiveAnswer): void {
    failures = 0;
    if (problem !== undefined) {
      answers().arrive(question, { problem: new Problem(problem.status, problem), isOld: false });
    } else if (answer !== undefined) {
      answers().arrive(question, { value: answer, isOld: false });
    }
  }

  function beat(beat: LiveBeat): void {
    failures = 0;
    if (program !== undefined && program !== beat.program) {
      stop();
      host.reload();
      return;
    }
    program = beat.program;
    if (beat.at === undefined) {
      return; // the server is there, and still makes the first answers
    }
    const age = host.now() - Date.parse(beat.at); // with the time since the files were read, which is least at best
    ahead = ahead === undefined ? age : Math.min(ahead, age);
    live.value = { state: "live", at: beat.at };
    if (version !== beat.version) {
      version = beat.version;
      readOthers();
    }
  }

  /** Reads what is watched and did not fit into the stream. */
  function readOthers(): void {
    const streamed = new Set(opened);
    answers()
      .watched()
      .filter((question) => !streamed.has(question))
      .forEach((question) => answers().readAgain(question));
  }

  function lost(): void {
    stop();
    const wait = backoff(failures++);
    answers().allOld();
    live.value = { state: "lost", ...lastAt(), retryAt: host.now() + wait };
    later(wait, again);
  }

  /** Tries again by a request first, because a stream that is refused does not tell why. */
  function again(): void {
    stop();
    const abort = new AbortController();
    trying = abort;
    later(PATIENCE, () => abort.abort());
    const [first = titleQuestion()] = answers().watched();
    host.ask<unknown>(first, abort.signal).then(
      () => trying === abort && open(),
      (failure: unknown) => trying === abort && failed(failure),
    );
  }

  function failed(failure: unknown): void {
    if (failure instanceof Problem && failure.status >= 400 && failure.status !== 401 && failure.status < 500) {
      open(); // it answers: only this question is wrong
      return;
    }
    lost();
    const now = live.peek();
    if (now.state === "lost" && failure instanceof Problem) {
      live.value = { ...now, problem: failure };
    }
  }

  function readTitle(): void {
    const question = titleQuestion();
    host.ask<unknown>(question, new AbortController().signal).then(
      (value) => host.isHidden() && answers().arrive(question, { value, isOld: true }),
      () => undefined, // the title stays; the page says more when it is seen
    );
    later(HIDDEN, readTitle);
  }

  if (host.isHidden()) {
    later(HIDDEN, readTitle);
  }
  host.onHidden(() => {
    if (live.peek().state === "paused") {
      return;
    }
    if (host.isHidden()) {
      stop();
      answers().allOld();
      later(HIDDEN, readTitle);
    } else {
      later(0, open);
    }
  });

  return {
    live,
    /** Returns a time of the server's clock as one of this page's. */
    ownTime: (at: string): number => Date.parse(at) + (ahead ?? 0),
    /** Opens the stream for other questions, as soon as they stay the same for a moment. */
    questionsChanged(): void {
      const { state } = live.peek();
      const isTried = state === "lost" && opened.length === 0; // then the next attempt opens it
      if (state !== "paused" && !isTried && !host.isHidden()) {
        later(QUIET, open);
      }
    },
    /** Pauses the stream, or goes on. */
    togglePause(): void {
      if (live.peek().state === "paused") {
        live.value = { state: "opening" };
        open();
      } else {
        stop();
        answers().allOld();
        live.value = { state: "paused", ...lastAt() };
      }
    },
    /** Tries at once instead of later. */
    retryNow(): void {
      if (live.peek().state === "lost") {
        again();
      }
    },
  };
}
