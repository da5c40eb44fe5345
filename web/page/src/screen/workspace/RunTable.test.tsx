// @vitest-environment happy-dom
import { act, cleanup, createEvent, fireEvent, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { openPage } from "../../frame/pageOfTest";

afterEach(cleanup);

test("runTable_segmentOfABar_showsTheJobsOfItsRunInThatState", async () => {
  const page = await openPage("/");
  const segment = document.querySelector<HTMLElement>(".run-table .state-bar .is-done");
  const jobs = segment?.closest("a")?.getAttribute("href");
  expect(jobs).toMatch(/^\/x\/[^/]+\/[^/]+\/jobs$/);
  const click = createEvent.click(segment!);
  fireEvent(segment!, click);
  await page.host.pass(400);
  expect(click.defaultPrevented).toBe(true);
  expect(page.host.address()).toBe(`${jobs}?q=state=done`);
});

test("experiment_thatDoesNotExist_isAProblem_andNotTheFormerOne", async () => {
  const page = await openPage("/x/bm25-grid");
  expect(screen.getByRole("region", { name: "Runs" })).toBeTruthy();
  await act(() => page.store.go({ screen: "experiment", experiment: "nosuch" }));
  await page.host.pass(400);
  expect(screen.queryByRole("region", { name: "Runs" })).toBeNull();
  expect(document.querySelector("main")?.textContent).toContain("nosuch");
});
