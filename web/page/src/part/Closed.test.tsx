// @vitest-environment happy-dom
import { cleanup, screen } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { openPage } from "../frame/pageOfTest";
import { Problem } from "../wire/request";

afterEach(cleanup);

test("closed_serverThatWasStartedAgain_saysHowToComeInAgain_untilItAnswers", async () => {
  const page = await openPage("/");
  const { ask } = page.host;
  page.host.ask = async () => {
    throw new Problem(401, { error: "Cannot answer: the request has no session", advice: "press Enter where it runs" });
  };
  page.host.streams.at(-1)?.fail();
  await page.host.pass(2000);
  expect(screen.getByRole("alert").textContent).toContain("press Enter where it runs");
  page.host.ask = ask;
  await page.host.pass(20_000);
  page.host.streams.at(-1)?.send("beat", { at: "2026-03-18T12:03:01.800Z", version: 1, program: "1" });
  await page.host.pass(50);
  expect(screen.queryByRole("alert")).toBeNull();
});
