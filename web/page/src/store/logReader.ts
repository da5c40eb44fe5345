import { signal, type ReadonlySignal } from "@preact/signals";
import {
  atEnd,
  earlierPage,
  indexOf,
  inPart,
  isAtEnd,
  laterPage,
  opened,
  PAGE,
  shiftedDown,
  shiftedUp,
  showing,
  withEarlier,
  withLater,
  type Held,
  type Place,
} from "../log/pages";
import { ERROR_CANDIDATES, severities } from "../log/severity";
import type { LogAnswer, LogFound } from "../wire/types";
import { createSearches, type LogSearch, type Match } from "./logSearch";
import { lineSought, type Reading } from "./lineSeek";

/** Which log of a job; absent members are chosen by the server. */
export interface LogName {
  attempt?: number;
  stream?: "out" | "err";
}

/** Where a log is read from. */
export interface LogSource {
  page(log: LogName, range: { from?: number; count: number }, signal: AbortSignal): Promise<LogAnswer>;
  search(log: LogName, text: string, isRegex: boolean, signal: AbortSignal): AsyncIterable<LogFound>;
  /** Acts once, after what is drawn now, until the returned function is called. */
  soon(act: () => void): () => void;
  /** Acts again and again while the page is seen, until the returned function is called. */
  every(milliseconds: number, act: () => void): () => void;
}

/** What is known of a log that is shown. */
export interface LogState {
  answer: LogAnswer | null; // the last one, whose text is not of interest
  held: Held | null;
  isFollowed: boolean;
  newLines: number; // that have come while the reader looked at earlier ones
  line: number | null; // byte of the line that the reader is at
  problem: string | null;
}

/** A log of a job: what of it is shown, and what a reader can ask for. */
export interface LogReader {
  state: ReadonlySignal<LogState>;
  search: ReadonlySignal<LogSearch | null>;
  open(log: LogName, place: Place): Promise<void>;
  /** Shows earlier lines, of those that are held or of the server. */
  earlier(): Promise<void>;
  later(): Promise<void>;
  end(): Promise<void>;
  beginning(): Promise<void>;
  follow(isFollowed: boolean): void;
  /** Goes to the first line that looks like an error; false if there is none. */
  firstError(): Promise<boolean>;
  /** Searches the log, and goes to the first match, unless the reader is to stay. */
  find(text: string, goes?: boolean): void;
  step(by: 1 | -1): void;
  stopSearch(): void;
  close(): void;
}

const GROWTH = 1000;

const NOTHING: LogState = { answer: null, held: null, isFollowed: false, newLines: 0, line: null, problem: null };

export function createLogReader(source: LogSource): LogReader {
  const state = signal<LogState>(NOTHING);
  const searches = createSearches();
  let log: LogName = {};
  let attempt: number | undefined; // that is shown
  let reading = new AbortController();
  let stopGrowth = () => {};
  let stopRest = () => {};
  let rest: Held | undefined; // all lines that are shown once they are drawn
  let grownTo = 0;
  let isBusy = false;

  const set = (change: Partial<LogState>) => {
    state.value = { ...state.value, ...change };
  };
  /** Returns the log that is shown: a retry may have begun another one since, in which bytes are other ones. */
  const shownLog = (): LogName => ({ ...log, ...(attempt === undefined ? {} : { attempt }) });
  const read: Reading = async (range) => {
    const answer = await source.page(range.from === undefined ? log : shownLog(), range, reading.signal);
    attempt = answer.attempt === 0 ? undefined : answer.attempt; // 0: the job has not begun
    return answer;
  };

  /** Ends what is being read, because something else is of more interest now. */
  function restart(): void {
    reading.abort();
    reading = new AbortController();
    isBusy = false;
  }

  function stop(): void {
    restart();
    searches.stop();
    stopGrowth();
    stopGrowth = () => {};
    stopRest();
    rest = undefined;
  }

  /** Reads one at a time: a reader who scrolls asks for the same page many times. */
  async function alone(work: () => Promise<void>): Promise<void> {
    if (isBusy) {
      return;
    }
    isBusy = true;
    const begun = reading;
    try {
      await work();
      if (!begun.signal.aborted && state.peek().problem !== null) {
        set({ problem: null }); // a scroll that reads nothing draws nothing
      }
    } catch (failure) {
      if (!begun.signal.aborted) {
        set({ problem: failure instanceof Error ? failure.message : String(failure) });
      }
    } finally {
      if (begun === reading) {
        isBusy = false;
      }
    }
  }

  function show(answer: LogAnswer, place: Place): void {
    const whole = opened(answer, place);
    const held = inPart(whole, place, 1);
    const line = "end" in place ? null : (held.lines[indexOf(held.lines, place)]?.at ?? null);
    grownTo = answer.to;
    set({ answer, held, line, newLines: 0 });
    drawRest(whole, place, 1);
    stopGrowth();
    if (answer.isGrowing || answer.none !== undefined) {
      stopGrowth = source.every(GROWTH, () => void alone(grow));
    }
  }

  /** Shows the lines that a reader does not wait for, a portion at a time, unless something else is shown since. */
  function drawRest(whole: Held, place: Place, portions: number): void {
    const shown = state.peek().held;
    stopRest();
    rest = undefined;
    if (shown !== null && shown.last - shown.first < whole.last - whole.first) {
      rest = whole;
      stopRest = source.soon(() => {
        if (state.peek().held === shown) {
          set({ held: inPart(whole, place, portions + 1) });
          drawRest(whole, place, portions + 1);
        }
      });
    }
  }

  /** Shows all lines at once if the rest of them is not drawn yet, so that nobody steps from a part of them. */
  function finishRest(): boolean {
    const whole = rest;
    stopRest();
    rest = undefined;
    if (whole !== undefined && state.peek().held !== whole) {
      set({ held: whole });
      return true;
    }
    return false;
  }

  async function readAt(place: Place): Promise<void> {
    if ("at" in place) {
      show(await read({ from: Math.max(0, place.at - PAGE / 2), count: PAGE }), place);
    } else if ("line" in place) {
      show(await lineSought(read, place.line), place);
    } else if ("byte" in place) {
      show(await read({ from: Math.max(0, place.byte - PAGE / 2), count: PAGE }), place);
    } else {
      show(await read({ count: PAGE }), place);
    }
  }

  /** Reads what a running job has printed since: shown if the reader is at the end, only counted otherwise. */
  async function grow(): Promise<void> {
    const { held, newLines } = state.value;
    if (held === null || held.lines.length === 0) {
      return readAt({ end: true });
    }
    const isSeen = state.value.isFollowed || (isAtEnd(held) && newLines === 0);
    const answer = await read(isSeen ? laterPage(held) : { from: grownTo, count: PAGE });
    if (!answer.isGrowing) {
      stopGrowth();
    }
    if (isSeen && answer.size - answer.to > PAGE) {
      show(await read({ count: PAGE }), { end: true }); // it grows faster than it can be read
    } else if (isSeen) {
      grownTo = answer.to;
      set({ answer, held: atEnd(withLater(held, answer)) });
    } else if (answer.to > grownTo) {
      grownTo = answer.to;
      set({ answer, held: { ...held, size: answer.size }, newLines: newLines + answer.text.split("\n").length - 1 });
    }
  }

  /** The server begins a page where a line begins, so that it may end before the page that is held. */
  async function readAll(range: { from: number; count: number }): Promise<LogAnswer[]> {
    const end = range.from + range.count;
    const answers = [await read(range)];
    for (let last = answers[0]; last !== undefined && last.to < end && last.to > last.from; last = answers.at(-1)) {
      answers.push(await read({ from: last.to, count: end - last.to }));
    }
    return answers;
  }

  async function goTo(match: Match): Promise<void> {
    const { held } = state.value;
    const last = held?.pages.at(-1);
    set({ isFollowed: false });
    if (held !== null && last !== undefined && match.at >= (held.pages[0]?.from ?? 0) && match.at < last.to) {
      const index = indexOf(held.lines, match);
      const isShown = index >= held.first && index < held.last;
      set({ held: isShown ? held : showing(held, index), line: held.lines[index]?.at ?? null });
    } else {
      restart();
      await alone(() => readAt(match));
    }
  }

  const end = () => alone(() => readAt({ end: true }));

  return {
    state,
    search: searches.search,
    async open(name, place) {
      stop();
      log = name;
      attempt = undefined;
      state.value = NOTHING;
      await alone(() => readAt(place));
    },
    earlier: () =>
      alone(async () => {
        if (finishRest()) {
          return;
        }
        const { held } = state.value;
        const page = held === null ? null : earlierPage(held);
        if (held !== null && held.first > 0) {
          set({ held: shiftedUp(held), isFollowed: false });
        } else if (held !== null && page !== null) {
          set({ held: withEarlier(held, await readAll(page)), isFollowed: false });
        }
      }),
    later: () =>
      alone(async () => {
        if (finishRest()) {
          return;
        }
        const { held } = state.value;
        if (held !== null && held.last < held.lines.length) {
          set({ held: shiftedDown(held) });
        } else if (held !== null && !isAtEnd(held)) {
          set({ held: shiftedDown(withLater(held, await read(laterPage(held)))) });
        }
      }),
    end,
    beginning: () =>
      alone(async () => {
        set({ isFollowed: false });
        await readAt({ byte: 0 });
      }),
    follow(isFollowed) {
      set({ isFollowed });
      if (isFollowed) {
        void end();
      }
    },
    async firstError() {
      const first = await firstErrorOf(source.search(shownLog(), ERROR_CANDIDATES, true, reading.signal));
      if (first !== undefined) {
        await goTo(first); // after the search, which is ended by what is read now
      }
      return first !== undefined;
    },
    find(text, goes = true) {
      searches.begin(
        text,
        (signalOfSearch) => source.search(shownLog(), text, false, signalOfSearch),
        goes ? (match) => void goTo(match) : undefined,
      );
    },
    step(by) {
      const match = searches.step(by);
      if (match !== undefined) {
        void goTo(match);
      }
    },
    stopSearch: () => searches.stop(),
    close: stop,
  };
}

async function firstErrorOf(found: AsyncIterable<LogFound>): Promise<Match | undefined> {
  for await (const one of found) {
    if ("line" in one && severities([one.text])[0] === "error") {
      return one;
    }
  }
  return undefined;
}
