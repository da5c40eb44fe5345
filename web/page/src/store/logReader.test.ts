import { SHOWN } from "../log/pages";
import { expect, test } from "vitest";
import type { LogAnswer, LogFound } from "../wire/types";
import { createLogReader, type LogName, type LogReader, type LogSource } from "./logReader";

/** A server whose log is a text that grows; its lines are ASCII. */
class Server implements LogSource {
  text = "";
  isGrowing = false;
  none: string | undefined;
  isCounted = true;
  pages = 0;
  attempt = 1;
  asked: LogName[] = [];
  tick = () => {};
  isQuick = true; // what is to be done soon is done at once
  rest = () => {};

  async page(log: LogName, range: { from?: number; count: number }, signal: AbortSignal): Promise<LogAnswer> {
    await Promise.resolve();
    signal.throwIfAborted();
    this.pages++;
    this.asked.push(log);
    const size = this.text.length;
    const wanted = Math.min(range.from ?? Math.max(0, size - range.count), size);
    const isEnd = range.from === undefined && wanted > 0;
    const from = isEnd ? this.text.indexOf("\n", wanted) + 1 : this.text.lastIndexOf("\n", wanted - 1) + 1;
    const limit = Math.min(size, from + range.count);
    const to = limit === size ? size : Math.max(from + 1, this.text.lastIndexOf("\n", limit - 1) + 1);
    const before = this.text.slice(0, from).split("\n").length;
    return {
      attempt: log.attempt ?? this.attempt,
      stream: "err",
      size,
      from,
      to,
      text: this.text.slice(from, to),
      isGrowing: this.isGrowing,
      ...(this.isCounted ? { firstLine: before, lines: this.text.split("\n").length - 1 } : {}),
      ...(this.none === undefined ? {} : { none: this.none }),
    };
  }

  async *search(_log: object, text: string, _isRegex: boolean, signal: AbortSignal): AsyncIterable<LogFound> {
    const sought = new RegExp(text);
    let at = 0;
    let matches = 0;
    for (const [index, line] of this.text.split("\n").entries()) {
      signal.throwIfAborted();
      if (sought.test(line)) {
        matches++;
        yield { at: at + line.search(sought), line: index + 1, text: line };
      }
      at += line.length + 1;
    }
    yield { done: true, matches, lines: this.text.split("\n").length - 1 };
  }

  soon(act: () => void): () => void {
    this.rest = act;
    if (this.isQuick) {
      act();
    }
    return () => {
      this.rest = () => {};
    };
  }

  every(_milliseconds: number, act: () => void): () => void {
    this.tick = act;
    return () => {
      this.tick = () => {};
    };
  }
}

const lines = (count: number, first = 1) =>
  Array.from({ length: count }, (_, index) => `line ${first + index} of a log that a job prints\n`).join("");
const shown = (reader: LogReader) => {
  const { held } = reader.state.value;
  const all = held?.lines.slice(held.first, held.last) ?? [];
  return { first: all[0]?.number, last: all.at(-1)?.number, count: all.length };
};
const settled = async () => {
  for (let turn = 0; turn < 200; turn++) {
    await Promise.resolve();
  }
};

async function reading(server: Server, place: Parameters<LogReader["open"]>[1] = { end: true }): Promise<LogReader> {
  const reader = createLogReader(server);
  await reader.open({}, place);
  return reader;
}

test("open_longLog_showsItsEndAndReachesItsBeginning", async () => {
  const server = new Server();
  server.text = lines(30_000);
  const reader = await reading(server);
  expect(shown(reader)).toEqual({ first: 30_001 - SHOWN, last: 30_000, count: SHOWN });
  expect(server.pages).toBe(1);
  for (let step = 0; step < 200; step++) {
    await reader.earlier();
  }
  expect(shown(reader)).toEqual({ first: 1, last: SHOWN, count: SHOWN });
  for (let step = 0; step < 200; step++) {
    await reader.later();
  }
  expect(shown(reader)).toEqual({ first: 30_001 - SHOWN, last: 30_000, count: SHOWN });
});

test.each([
  [{ end: true } as const, 30_000],
  [{ line: 1 }, 1],
  [{ line: 17_042 }, 17_042],
])("open_at%j_showsWhatIsSeenFirst_andTheRestSoon", async (place, sought) => {
  const server = new Server();
  server.isQuick = false;
  server.text = lines(30_000);
  const reader = await reading(server, place);
  const first = shown(reader);
  expect(first.count).toBe(100);
  expect(first.first).toBeLessThanOrEqual(sought);
  expect(first.last).toBeGreaterThanOrEqual(sought);
  server.rest();
  expect(shown(reader).count).toBe(200);
  server.rest();
  server.rest();
  const all = shown(reader);
  expect(all.count).toBe(SHOWN);
  expect(all.first).toBeLessThanOrEqual(first.first ?? 0);
  expect(all.last).toBeGreaterThanOrEqual(first.last ?? Infinity);
});

test.each(["earlier", "later"] as const)("open_atLineThenScrolled%s_keepsTheLineInSight", async (step) => {
  const server = new Server();
  server.isQuick = false;
  server.text = lines(30_000);
  const reader = await reading(server, { line: 17_042 });
  const rest = server.rest;
  await reader[step]();
  const all = shown(reader);
  expect(all.count).toBe(SHOWN);
  expect(all.first).toBeLessThan(17_042);
  expect(all.last).toBeGreaterThan(17_042);
  rest();
  expect(shown(reader)).toEqual(all);
});

test("open_atLine_readsFewPages", async () => {
  const server = new Server();
  server.text = "x".repeat(400_000) + "\n" + lines(60_000);
  const reader = await reading(server, { line: 17_042 });
  const { held, line } = reader.state.value;
  expect(held?.lines.find((one) => one.at === line)?.text).toMatch(/^line 17041 /);
  expect(server.pages).toBeLessThanOrEqual(6);
});

test("open_atLineBeforeTheServerHasCounted_showsTheEnd", async () => {
  const server = new Server();
  server.text = lines(9000);
  server.isCounted = false;
  const reader = await reading(server, { line: 3 });
  expect(reader.state.value.held?.lines.length).toBeGreaterThan(0);
  expect(server.pages).toBe(1);
});

test("growth_readerAtTheEnd_isShown", async () => {
  const server = new Server();
  server.text = lines(10);
  server.isGrowing = true;
  const reader = await reading(server);
  server.text += lines(5, 11);
  server.tick();
  await settled();
  expect(shown(reader)).toEqual({ first: 1, last: 15, count: 15 });
  expect(reader.state.value.newLines).toBe(0);
});

test("growth_readerAtEarlierLines_isCountedUntilTheEndIsAskedFor", async () => {
  const server = new Server();
  server.text = lines(5000);
  server.isGrowing = true;
  const reader = await reading(server);
  await reader.earlier();
  const before = shown(reader);
  for (const first of [5001, 5004]) {
    server.text += lines(3, first);
    server.tick();
    await settled();
  }
  expect(reader.state.value.newLines).toBe(6);
  expect(shown(reader)).toEqual(before);
  await reader.end();
  expect(reader.state.value.newLines).toBe(0);
  expect(shown(reader).last).toBe(5006);
});

test("growth_fasterThanItCanBeRead_showsTheNewEnd", async () => {
  const server = new Server();
  server.text = lines(10);
  server.isGrowing = true;
  const reader = await reading(server);
  server.text += lines(40_000, 11);
  server.tick();
  await settled();
  expect(shown(reader).last).toBe(40_010);
});

test("growth_logThatBeginsLater_isShownThen", async () => {
  const server = new Server();
  server.none = "It has printed nothing yet.";
  const reader = await reading(server);
  expect(reader.state.value.answer?.none).toBe("It has printed nothing yet.");
  server.none = undefined;
  server.text = lines(2);
  server.isGrowing = true;
  server.tick();
  await settled();
  expect(shown(reader).count).toBe(2);
});

test("find_matchFarAway_isShownAndCounted", async () => {
  const server = new Server();
  server.text = lines(30_000);
  const reader = await reading(server);
  reader.find("line (7|29000) ");
  await settled();
  await expect.poll(() => reader.search.value?.isDone).toBe(true);
  expect(reader.search.value).toMatchObject({ count: 2, at: 0 });
  await settled();
  expect(shown(reader).first).toBe(1);
  reader.step(1);
  await settled();
  expect(reader.search.value?.at).toBe(1);
  const { held, line } = reader.state.value;
  expect(held?.lines.find((one) => one.at === line)?.number).toBe(29_000);
  reader.step(1);
  expect(reader.search.value?.at).toBe(0);
});

test("find_ofAnAddressWithALine_leavesTheReaderThere", async () => {
  const server = new Server();
  server.text = lines(30_000);
  const reader = await reading(server, { line: 12_000 });
  const at = reader.state.value.line;
  reader.find("line (7|29000) ", false);
  await expect.poll(() => reader.search.value?.isDone).toBe(true);
  await settled();
  expect([reader.state.value.line, reader.search.value?.at]).toEqual([at, -1]);
  reader.step(1);
  expect(reader.search.value?.at).toBe(0);
});

test("earlier_afterARetry_readsTheAttemptThatIsShown_andTheEndTheNewest", async () => {
  const server = new Server();
  server.text = lines(30_000);
  const reader = await reading(server);
  server.attempt = 2;
  await reader.beginning();
  expect(reader.state.value.answer?.attempt).toBe(1);
  await reader.end();
  expect(reader.state.value.answer?.attempt).toBe(2);
  expect(server.asked.map((log) => log.attempt)).toEqual([undefined, 1, undefined]);
});

test("later_whereNothingIsLeft_changesNothing", async () => {
  const server = new Server();
  server.text = lines(10);
  const reader = await reading(server);
  const before = reader.state.value;
  await reader.later();
  expect(reader.state.value).toBe(before);
});

test("find_nothing_saysSo", async () => {
  const server = new Server();
  server.text = lines(10);
  const reader = await reading(server);
  reader.find("absent");
  await expect.poll(() => reader.search.value?.isDone).toBe(true);
  expect(reader.search.value).toMatchObject({ count: 0, at: -1 });
  reader.find("");
  expect(reader.search.value).toBeNull();
});

test("firstError_farFromTheEnd_isTheLineOfTheReader", async () => {
  const server = new Server();
  server.text = lines(99) + "INFO 0 ERRORs, no Exception\n" + "ERROR run: no space\n" + lines(20_000, 102);
  const reader = await reading(server);
  expect(await reader.firstError()).toBe(true);
  const { held, line } = reader.state.value;
  expect(held?.lines.find((one) => one.at === line)?.text).toBe("ERROR run: no space");
  server.text = lines(3);
  await reader.open({}, { end: true });
  expect(await reader.firstError()).toBe(false);
});

test("page_thatCannotBeRead_isAProblemUntilItCan", async () => {
  const server = new Server();
  server.text = lines(3);
  const page = server.page.bind(server);
  server.page = () => Promise.reject(new Error("The monitor does not answer."));
  const reader = await reading(server);
  expect(reader.state.value.problem).toBe("The monitor does not answer.");
  server.page = page;
  await reader.end();
  expect(reader.state.value.problem).toBeNull();
  expect(shown(reader).count).toBe(3);
});

test("close_whileAPageIsRead_changesNothing", async () => {
  const server = new Server();
  server.text = lines(3);
  const reader = createLogReader(server);
  const opening = reader.open({}, { end: true });
  reader.close();
  await opening;
  expect(reader.state.value.held).toBeNull();
  expect(reader.state.value.problem).toBeNull();
});
