import { expect, test } from "vitest";
import type { Counts, RunAnswer } from "../wire/types";
import { titleOf } from "./title";

test.each<[Counts, number, string]>([
  [{}, 0, "no jobs"],
  [{ done: 1200 }, 12_000, "1,200 of 12,000 done"],
  [{ done: 3 }, 3, "all done"],
  [{ done: 3, failed: 1000, corrupt: 1 }, 3000, "1,001 failed"],
])("titleOf_run %j of %d", (counts, total, news) => {
  const scope = { experiment: "bm25", run: "r1" };
  const answer = { run: { ...scope, counts }, total } as unknown as RunAnswer;
  expect(titleOf({ screen: "run", scope }, answer, undefined)).toBe(`${news} · bm25`);
});
