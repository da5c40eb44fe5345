import { expect, test } from "vitest";
import type { ParameterNode } from "../../wire/types";
import { parameterRows, setTotal, shortText } from "./parameters";

const TREE: ParameterNode[] = [
  {
    name: "index",
    role: "counts",
    producer: { job: "ir.index/41d0", shortId: "41d0", state: "done", tags: {} },
    children: [
      { name: "path", role: "meta", value: "/data" },
      {
        name: "analyzer",
        type: "ir.english",
        role: "counts",
        children: [
          { name: "stemmer", role: "counts", value: "PORTER" },
          { name: "stopWords", role: "default", value: ["a", "an", "the"] },
        ],
      },
    ],
  },
  { name: "k1", role: "counts", value: 1.5, tag: "k1", documentation: "saturation" },
  { name: "seed", role: "default", value: 1, tag: "run" },
  { name: "run", role: "path", value: "run.txt.gz" },
];

test("parameterRows_tree_isFlatWithNotes", () => {
  expect(parameterRows(TREE).map((row) => [row.path, row.depth, row.value, row.note])).toEqual([
    ["index", 0, "", "made by a job, done"],
    ["index.path", 1, "/data", "not counted"],
    ["index.analyzer", 1, "ir.english", ""],
    ["index.analyzer.stemmer", 2, "PORTER", ""],
    ["index.analyzer.stopWords", 2, "[a, an, … 1 more]", "default"],
    ["k1", 0, "1.5", "tag"],
    ["seed", 0, "1", "tag run · default"],
    ["run", 0, "run.txt.gz", "generated path"],
  ]);
  expect(setTotal(parameterRows(TREE))).toBe(2);
});

test("parameterRows_onlySet_keepsWhatIsAbove", () => {
  expect(parameterRows(TREE, true).map((row) => row.path)).toEqual([
    "index",
    "index.analyzer",
    "index.analyzer.stemmer",
    "k1",
  ]);
});

test.each([
  ["a\nb\tc", "a b c"],
  [null, "null"],
  [{ a: [1, 2] }, '{"a":[1,2]}'],
  [[], "[]"],
  [[[1, 2, 3], "x"], "[[1, 2, … 1 more], x]"],
])("shortText_%j_isOneLine", (value, expected) => {
  expect(shortText(value)).toBe(expected);
});
