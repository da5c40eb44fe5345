import { expect, test } from "vitest";
import { accepted, matching, pieceAt, type Piece } from "./complete";

test.each<[string, Piece | undefined]>([
  ["|", { start: 0, end: 0, prefix: "" }],
  ["sta|", { start: 0, end: 3, prefix: "sta" }],
  ["a=1 k|1=2", { start: 4, end: 8, prefix: "k" }],
  ["state=fa|", { start: 6, end: 8, prefix: "fa", name: "state" }],
  ["(k1!=0.6,1|,2)", { start: 9, end: 10, prefix: "1", name: "k1" }],
  ["title='a |", undefined],
])("pieceAt %s", (text, piece) => {
  expect(pieceAt(text.replace("|", ""), text.indexOf("|"))).toEqual(piece);
});

test("accepted_name_awaitsItsValue", () => {
  expect(accepted("a=1 st", { start: 4, end: 6, prefix: "st" }, "state")).toEqual({ q: "a=1 state=", caret: 10 });
});

test("accepted_value_replacesItsPieceOnly", () => {
  expect(accepted("k1=0.6,1,2 b=1", { start: 7, end: 8, prefix: "1", name: "k1" }, "1.2")).toEqual({ q: "k1=0.6,1.2,2 b=1", caret: 10 });
});

test("matching_beginningsComeFirst", () => {
  expect(matching(["dataset", "seed", "state"], "se")).toEqual(["seed", "dataset"]);
  expect(matching(["seed"], "seed")).toEqual([]);
});
