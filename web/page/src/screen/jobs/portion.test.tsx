// @vitest-environment happy-dom
import { act, render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { AT_ONCE, usePortions } from "./portion";

function List({ keys }: { keys: readonly string[] }) {
  const mayDraw = usePortions();
  return (
    <ul>
      {keys.map((key) => (
        <li key={key}>{mayDraw(key) ? key : ""}</li>
      ))}
    </ul>
  );
}

const keysOf = (from: number, count: number): string[] => Array.from({ length: count }, (_, index) => `row ${from + index}`);
const shown = (of: Element): number => [...of.querySelectorAll("li")].filter((row) => row.textContent !== "").length;
async function allTasks(): Promise<void> {
  for (let drawn = 0; drawn < 40; drawn += AT_ONCE) {
    await act(() => new Promise((done) => setTimeout(done, 60)));
  }
}

test("rows_manyAtOnce_comeInPortions_andThoseThatAreThereStay", async () => {
  const { container, rerender } = render(<List keys={keysOf(0, 40)} />);
  expect(shown(container)).toBeLessThanOrEqual(2 * AT_ONCE);
  await allTasks();
  expect(shown(container)).toBe(40);

  rerender(<List keys={keysOf(1, 40)} />); // one row further: all of them at once
  expect(shown(container)).toBe(40);

  rerender(<List keys={keysOf(500, 40)} />);
  expect(shown(container)).toBeGreaterThanOrEqual(AT_ONCE);
  expect(shown(container)).toBeLessThan(40);
  await allTasks();
  expect(shown(container)).toBe(40);
});
