import { expect, test } from "vitest";
import page from "../../../../docs/web-keys.md?raw";
import { markdown } from "./document";

test("keys_ofTheDocumentation_areThoseOfThePage", () => {
  const rows = page.split("\n").filter((line) => line.startsWith("|"));
  expect(rows.join("\n")).toBe(markdown());
});
