import { expect, test } from "vitest";
import { dropping, keeping, statesOf, termsOf, toggledState, valueText, without, withStates } from "./filter";

test.each<[string, string[]]>([
  ["", []],
  ["state=failed  k1=0.6..1.2", ["state=failed", "k1=0.6..1.2"]],
  ["a=1 and b=2 AND not c=3", ["a=1", "b=2", "not c=3"]],
  ["title='a b' \"c or d\" sizes=[64, 32]", ["title='a b'", '"c or d"', "sizes=[64, 32]"]],
  ["a=1 (b=2 or c=3)", ["a=1", "(b=2 or c=3)"]],
  ["a=1 or b=2", ["a=1 or b=2"]],
  ["a=1 not", ["a=1", "not"]],
])("termsOf %s", (q, terms) => expect(termsOf(q)).toEqual(terms));

test("toggledState_click_isThisStateAlone_andAgainNone", () => {
  expect(toggledState("k1=1", "failed", false)).toBe("k1=1 state=failed");
  expect(toggledState("state=done k1=1", "failed", false)).toBe("k1=1 state=failed");
  expect(toggledState("k1=1 state=failed", "failed", false)).toBe("k1=1");
});

test("toggledState_withShift_addsAndRemoves", () => {
  expect(toggledState("state=failed", "done", true)).toBe("state=failed,done");
  expect(toggledState("state=failed,done", "failed", true)).toBe("state=done");
});

test("withStates_or_isPutIntoParentheses", () => {
  expect(withStates("a=1 or b=2", ["failed"])).toBe("(a=1 or b=2) state=failed");
  expect(withStates("(a=1 or b=2) state=failed", [])).toBe("(a=1 or b=2)");
});

test("statesOf_readsPlainTestsOnly", () => {
  expect(statesOf("state=failed,running x=1")).toEqual(["failed", "running"]);
  expect(statesOf("not state=failed")).toEqual([]);
});

test("keeping_replacesTheFormerValue", () => {
  expect(keeping("k1=1 b=2", "k1", 1.5)).toBe("b=2 k1=1.5");
  expect(keeping("", "title", "it's a b")).toBe("title='it''s a b'");
});

test("dropping_takesBackAKeptValue", () => {
  expect(dropping("k1=1.5 b=2", "k1", 1.5)).toBe("b=2");
  expect(dropping("b=2", "k1", 1.5)).toBe("b=2 k1!=1.5");
});

test("keeping_noValue_isATestOfItsOwn_thatDroppingTakesBack", () => {
  expect(keeping("k1=1 b=2", "k1", undefined)).toBe("b=2 not k1=..");
  expect(dropping("b=2 not k1=..", "k1", undefined)).toBe("b=2");
  expect(dropping("b=2", "k1", undefined)).toBe("b=2 k1=..");
});

test("keepingAndDropping_quoteTheName", () => {
  expect(keeping("b=2", "P@5,10", 1)).toBe("b=2 'P@5,10'=1");
  expect(keeping("'P@5,10'=1 b=2", "P@5,10", 2)).toBe("b=2 'P@5,10'=2");
  expect(keeping('"it\'s"=1', "it's", 2)).toBe('"it\'s"=2');
  expect(dropping("", "a (b)", 1)).toBe("'a (b)'!=1");
  expect(dropping("'a (b)'=1", "a (b)", 1)).toBe("");
});

test("without_removesATerm", () => expect(without("a=1 and k1=2.0", "k1=2.0")).toBe("a=1"));

test.each<[Parameters<typeof valueText>[0], string]>([
  ["plain-1.5/x", "plain-1.5/x"],
  ["../data", "'../data'"],
  ["", "''"],
  ["a,b", "'a,b'"],
  ["or", "'or'"],
  [true, "true"],
  [[64, 32], "'[64,32]'"],
])("valueText %j", (value, text) => expect(valueText(value)).toBe(text));
