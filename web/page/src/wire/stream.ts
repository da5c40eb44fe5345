import type { LiveAnswer, LiveBeat } from "./types";

/** Who is told what a stream brings. */
export interface StreamListener {
  answered(question: string, answer: LiveAnswer): void;
  beat(beat: LiveBeat): void;
  /** The stream has ended by itself, or has been silent for too long; it is closed. */
  lost(): void;
}

/** The part of the browser's `EventSource` that is used. */
export interface Source {
  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

/** What a stream needs of the browser: in a test, these are of the test. */
export interface StreamHost {
  open(address: string): Source;
  after(milliseconds: number, act: () => void): () => void;
}

/** The server beats each second; so long a silence means that nobody is there any more. */
export const SILENCE = 6000;

/** The server takes so many questions of one stream. */
export const MOST_QUESTIONS = 32;
/** The server reads 16 kB of a request, with its headers. */
const LONGEST = 12_000;

const asParameters = (questions: readonly string[]): string => new URLSearchParams(questions.map((question) => ["of", question])).toString();

/** Returns those questions that one stream can carry, the first ones first. */
export function streamable(questions: readonly string[]): string[] {
  const taken: string[] = [];
  let length = 0;
  for (const question of questions) {
    const added = asParameters([question]).length + 1;
    if (taken.length < MOST_QUESTIONS && length + added <= LONGEST) {
      taken.push(question);
      length += added;
    }
  }
  return taken;
}

/** Returns the address of the stream of questions. */
export function liveAddress(questions: readonly string[]): string {
  return `/api/1/live?${asParameters(questions)}`;
}

/** Opens one stream for all questions, and returns a function that closes it. */
export function openStream(questions: readonly string[], listener: StreamListener, host: StreamHost): () => void {
  const source = host.open(liveAddress(questions));
  let isOpen = true;
  let stopWaiting = host.after(SILENCE, lose);

  function heard(): void {
    stopWaiting();
    stopWaiting = host.after(SILENCE, lose);
  }

  function close(): void {
    isOpen = false;
    stopWaiting();
    source.close();
  }

  function lose(): void {
    if (isOpen) {
      close();
      listener.lost();
    }
  }

  source.addEventListener("answer", (event) => {
    if (isOpen) {
      heard();
      const answer = JSON.parse(event.data) as LiveAnswer;
      const question = questions[answer.of];
      if (question !== undefined) {
        listener.answered(question, answer);
      }
    }
  });
  source.addEventListener("beat", (event) => {
    if (isOpen) {
      heard();
      listener.beat(JSON.parse(event.data) as LiveBeat);
    }
  });
  // The browser would connect again by itself, without a limit and without a word: we do, and say when.
  source.addEventListener("error", lose);
  return close;
}

/** Returns the milliseconds before the next try, after so many that failed. */
export function backoff(failures: number): number {
  return Math.min(1000 * 2 ** failures, 15_000);
}
