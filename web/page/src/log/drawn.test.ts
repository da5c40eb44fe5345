import { expect, test } from "vitest";
import { createDrawing } from "./drawn";
import { FOLD } from "./fold";
import { linesOf } from "./lines";

const NONE = new Set<number>();

test("of_sameLines_areTheSameObjects", () => {
  const drawing = createDrawing();
  const lines = linesOf("\u001b[31mred\nstill red\nERROR x\n\tat y\n", 0);
  const first = drawing.of(lines, NONE);
  expect(first.map((one) => [one.spans[0]?.classes, one.severity])).toEqual([
    ["log-red", ""],
    ["log-red", ""],
    ["log-red", "error"],
    ["log-red", "error"],
  ]);
  const again = drawing.of([...lines, ...linesOf("more\n", 40)], NONE);
  expect(again.slice(0, 4).every((one, index) => one === first[index])).toBe(true);
});

test("of_longLine_isFoldedUntilItIsUnfolded", () => {
  const drawing = createDrawing();
  const lines = linesOf("x".repeat(FOLD + 5), 7);
  expect(drawing.of(lines, NONE)[0]?.hidden).toBe(5);
  const whole = drawing.of(lines, new Set([7]))[0];
  expect([whole?.hidden, whole?.spans[0]?.text.length]).toEqual([0, FOLD + 5]);
});
