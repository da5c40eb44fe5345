// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { Mistake } from "./Mistake";

afterEach(cleanup);

const partAndCaret = (): string[] => screen.getByRole("alert").querySelector("pre")?.textContent?.split("\n") ?? [];

test("mistake_ofAShortFilter_hasItsCaretBelowIt", () => {
  render(<Mistake q="state=failed lyers=3" at={13} length={5} words={'No job has "lyers"'} />);
  expect(partAndCaret()).toEqual(["state=failed lyers=3", "             ^^^^^"]);
  expect(screen.getByText('No job has "lyers"')).toBeTruthy();
});

test("mistake_ofALongFilter_isInSight", () => {
  const q = `${"k1=1 or ".repeat(100)}lyers=3${" or b=2".repeat(100)}`;
  render(<Mistake q={q} at={800} length={5} words="wrong" />);
  const [part = "", caret = ""] = partAndCaret();
  expect(part.length).toBeLessThan(100);
  expect(part.slice(caret.indexOf("^"), caret.lastIndexOf("^") + 1)).toBe("lyers");
  expect([part.at(0), part.at(-1)]).toEqual(["…", "…"]);
});
