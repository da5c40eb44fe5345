// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { openPage } from "./pageOfTest";

afterEach(cleanup);

test("runChooser_ofAnotherExperiment_offersNoRunOfTheFormerOne", async () => {
  const page = await openPage("/x/bm25-grid/20260318-094211");
  const runsOffered = async (): Promise<number> => {
    fireEvent.click(screen.getByRole("button", { name: /: other runs$/ }));
    await page.host.pass(400);
    const count = document.querySelectorAll('.crumbs a[href^="/x/bm25-grid/"]').length;
    fireEvent.click(screen.getByRole("button", { name: /: other runs$/ }));
    await page.host.pass(400);
    return count;
  };
  expect(await runsOffered()).toBeGreaterThan(0);
  await act(() => page.store.go({ screen: "run", scope: { experiment: "nosuch", run: "r1" } }));
  await page.host.pass(400);
  expect(await runsOffered()).toBe(0);
});
