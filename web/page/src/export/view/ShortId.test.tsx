// @vitest-environment happy-dom
import { render } from "@testing-library/preact";
import { expect, test } from "vitest";
import { ShortId } from "./ShortId";

test("shortId_showsEightDigits_andHasTheWholeToBeCopied", () => {
  const id = "06ad686d6e8f2799b3daba87c1e40c14";
  const { container } = render(<ShortId id={id} />);
  expect(container.querySelector("span")?.firstChild?.textContent).toBe("06ad686d");
  expect(container.querySelector("span")?.title).toBe(id);
  expect(container.textContent).toBe(id);
});
