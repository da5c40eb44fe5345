import { expect, test } from "vitest";
import type { LogAnswer } from "../wire/types";
import {
  atEnd,
  earlierPage,
  indexOf,
  isAtEnd,
  laterPage,
  opened,
  PAGE,
  shiftedDown,
  shiftedUp,
  SHOWN,
  withEarlier,
  withLater,
  type Held,
} from "./pages";

/** A log of lines "line N", each of ten bytes. */
const line = (number: number) => `line ${String(number).padStart(4, "0")}\n`;
const text = (first: number, last: number) => {
  let result = "";
  for (let number = first; number <= last; number++) {
    result += line(number);
  }
  return result;
};
const answer = (first: number, last: number, more: Partial<LogAnswer> = {}): LogAnswer => ({
  attempt: 1,
  stream: "err",
  size: 90_000,
  from: (first - 1) * 10,
  to: last * 10,
  text: text(first, last),
  isGrowing: false,
  ...more,
});
const shown = (held: Held) => {
  const lines = held.lines.slice(held.first, held.last);
  return [lines[0]?.text, lines.at(-1)?.text, lines.length];
};

test("opened_atEnd_showsTheLastLines", () => {
  const held = opened(answer(6001, 9000), { end: true });
  expect(shown(held)).toEqual(["line 8601", "line 9000", SHOWN]);
  expect(isAtEnd(held)).toBe(true);
});

test("opened_atByteOrLine_showsLinesAround", () => {
  expect(shown(opened(answer(1, 6000), { byte: 29_995 }))).toEqual(["line 2800", "line 3199", SHOWN]);
  expect(shown(opened(answer(1, 6000, { firstLine: 1 }), { line: 3000 }))).toEqual(["line 2800", "line 3199", SHOWN]);
});

test("withEarlier_pageBefore_reachesTheBeginning", () => {
  let held = opened(answer(6001, 9000, { firstLine: 6001 }), { end: true });
  held = shiftedUp(held);
  expect(shown(held)).toEqual(["line 8401", "line 8800", SHOWN]);
  expect(earlierPage(held)).toEqual({ from: 0, count: 60_000 });
  held = withEarlier(held, [answer(1, 4000), answer(4001, 6000)]);
  expect(shown(held)).toEqual(["line 8201", "line 8600", SHOWN]);
  expect(held.lines[0]?.number).toBe(1);
  expect(earlierPage(held)).toBeNull();
});

test("withLater_manyPages_holdsFewAndKeepsTheShownLines", () => {
  let held = opened(answer(1, 2000), { byte: 0 });
  for (let first = 2001; first < 9000; first += 2000) {
    while (held.last < held.lines.length) {
      held = shiftedDown(held);
    }
    const longer = withLater(held, answer(first, Math.min(first + 1999, 9000)));
    expect(shown(longer)[0]).toBe(shown(held)[0]);
    held = longer;
  }
  expect(held.pages.length).toBe(4);
  expect(held.lines[0]?.text).toBe("line 2001");
  expect(shown(atEnd(held))).toEqual(["line 8601", "line 9000", SHOWN]);
});

test("withLater_lineThatHadNotEnded_isReplaced", () => {
  const first = answer(1, 2, { size: 25, to: 25, text: text(1, 2) + "10%\r2", isGrowing: true });
  let held = opened(first, { end: true });
  expect(laterPage(held)).toEqual({ from: 25, count: PAGE });
  held = withLater(held, { ...first, size: 37, from: 20, to: 37, text: "10%\r20%\r30%\nnext\n" });
  expect(held.lines.map((one) => one.text)).toEqual(["line 0001", "line 0002", "30%", "next"]);
  expect(laterPage(held)).toEqual({ from: 37, count: PAGE });
});

/** Lines of Latin-1: each has seven bytes, of which one is not UTF-8. */
const LATIN = "caf\ufffd x\n";

test("withLater_bytesThatAreNotUtf8_joinTheLineThatGoesOn", () => {
  const first = answer(1, 1, { size: 146, from: 0, to: 146, text: LATIN.repeat(20) + "l\ufffdne 1", isGrowing: true });
  let held = opened(first, { end: true });
  expect([held.lines[19]?.at, held.lines[20]?.at]).toEqual([133, 140]);
  held = withLater(held, { ...first, size: 160, from: 140, to: 160, text: "l\ufffdne 1 goes on\nnext\n" });
  expect(held.lines.slice(20).map((one) => [one.at, one.text])).toEqual([
    [140, "l\ufffdne 1 goes on"],
    [155, "next"],
  ]);
});

test("withLater_pagesOfMixedBytes_loseNoLine", () => {
  const mixed = "\ufffd\ufffd\ufffd\n".repeat(10) + LATIN.repeat(10); // first three bytes each, then one
  const first = answer(1, 1, { size: 173, from: 0, to: 173, text: mixed + "ope", firstLine: 1 });
  const held = withLater(opened(first, { end: true }), { ...first, size: 180, from: 170, to: 180, text: "open line\n", firstLine: 21 });
  expect(held.lines.length).toBe(21);
  expect(held.lines.at(-1)).toMatchObject({ at: 170, number: 21, text: "open line" });
  expect(held.lines[indexOf(held.lines, { at: 107, line: 12 })]?.number).toBe(12);
});

test("indexOf_matchInAPartOfALongLine_isThatPart", () => {
  let held = opened(answer(1, 1, { to: 15, firstLine: 1, text: text(1, 1) + "long " }), { end: true });
  held = withLater(held, answer(1, 1, { from: 15, to: 28, text: "line\n" + "last one" }));
  expect([12, 17, 21].map((at) => indexOf(held.lines, { at, line: at < 20 ? 2 : 3 }))).toEqual([1, 2, 3]);
});

test("withLater_nothingNew_changesNothing", () => {
  const held = opened(answer(1, 10, { size: 100 }), { end: true });
  expect(withLater(held, answer(11, 10, { size: 100, from: 100, to: 100, text: "" })).lines).toEqual(held.lines);
});

test("numbers_knownLater_areThoseOfAllLines", () => {
  let held = opened(answer(11, 20), { end: true });
  expect(held.lines[0]?.number).toBeUndefined();
  held = withLater(held, answer(21, 30, { firstLine: 21 }));
  expect(held.lines.map((one) => one.number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 11));
});

test("numbers_lineOverTwoPages_countsOnce", () => {
  let held = opened(answer(1, 1, { to: 15, firstLine: 1, text: text(1, 1) + "long " }), { end: true });
  held = withLater(held, answer(1, 1, { from: 15, to: 28, text: "line\n" + "last one" }));
  expect(held.lines.map((one) => [one.number, one.text])).toEqual([
    [1, "line 0001"],
    [2, "long "],
    [2, "line"],
    [3, "last one"],
  ]);
});

test("indexOf_placeBeforeAllLines_isTheFirst", () => {
  expect(indexOf(opened(answer(11, 20), { end: true }).lines, { byte: 3 })).toBe(0);
});
