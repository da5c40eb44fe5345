import { signal, type ReadonlySignal } from "@preact/signals";
import type { LogFound } from "../wire/types";

/** A place in a log where the sought text is. */
export interface Match {
  at: number; // byte
  line: number;
}

/** A search in a whole log, as far as it has come. */
export interface LogSearch {
  sought: string;
  matches: Match[]; // the first ones: the server names 1,000 at most
  count: number; // of all
  read: number; // bytes
  size: number;
  isDone: boolean;
  at: number; // index of the match that is shown; -1 before the first
  problem?: string;
}

/** Matches in a log: at most one search at a time, which ends when another one begins. */
export interface Searches {
  search: ReadonlySignal<LogSearch | null>;
  /** Begins a search; an empty text ends it. `onFirst` is told the first match as soon as it is found, and shows it. */
  begin(sought: string, found: (signal: AbortSignal) => AsyncIterable<LogFound>, onFirst?: (match: Match) => void): void;
  /** Shows the next match, or with -1 the previous one; beyond the ends, it goes on at the other end. */
  step(by: 1 | -1): Match | undefined;
  stop(): void;
}

/** Matches that are shown at once: a log may have a thousand in one millisecond. */
const MATCHES_AT_ONCE = 50;

export function createSearches(): Searches {
  const search = signal<LogSearch | null>(null);
  let running = new AbortController();

  async function run(sought: string, found: AsyncIterable<LogFound>, ended: AbortSignal, onFirst: ((match: Match) => void) | undefined) {
    const matches: Match[] = [];
    let state: LogSearch = { sought, matches, count: 0, read: 0, size: 0, isDone: false, at: -1 };
    const show = (change: Partial<LogSearch>) => {
      if (!ended.aborted) {
        state = { ...state, ...change, at: search.value?.at ?? state.at };
        search.value = { ...state, matches: [...matches] };
      }
    };
    search.value = state;
    try {
      for await (const answer of found) {
        if (ended.aborted) {
          return;
        }
        if ("line" in answer) {
          const match = { at: answer.at, line: answer.line };
          matches.push(match);
          if (matches.length === 1) {
            search.value = { ...state, at: onFirst === undefined ? -1 : 0 };
            show({ count: 1 });
            onFirst?.(match);
          } else if (matches.length % MATCHES_AT_ONCE === 0) {
            show({ count: Math.max(state.count, matches.length) });
          }
        } else if ("done" in answer) {
          show({ count: answer.matches });
        } else if ("problem" in answer) {
          show({ problem: answer.problem.error });
        } else {
          show({ count: answer.matches, read: answer.read, size: answer.size });
        }
      }
      show({ isDone: true });
    } catch (failure) {
      show({ isDone: true, problem: failure instanceof Error ? failure.message : String(failure) });
    }
  }

  return {
    search,
    begin(sought, found, onFirst) {
      running.abort();
      running = new AbortController();
      search.value = null;
      if (sought !== "") {
        void run(sought, found(running.signal), running.signal, onFirst);
      }
    },
    step(by) {
      const state = search.value;
      if (state === null || state.matches.length === 0) {
        return undefined;
      }
      const at = (Math.max(state.at, by < 0 ? 0 : -1) + by + state.matches.length) % state.matches.length;
      search.value = { ...state, at };
      return state.matches[at];
    },
    stop() {
      running.abort();
      const state = search.value;
      if (state !== null && !state.isDone) {
        search.value = { ...state, isDone: true };
      }
    },
  };
}
