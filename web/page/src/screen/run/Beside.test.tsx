// @vitest-environment happy-dom
import { fireEvent, screen, within } from "@testing-library/preact";
import { afterEach, expect, test } from "vitest";
import { besideOf } from "../../../fixtures/beside.ts";
import { openPage } from "../../frame/pageOfTest";
import type { BesideAnswer } from "../../wire/types";
import "./Beside"; // which the page loads when it is first drawn

const RUN = "/x/bm25-grid/20260318-094211";

function beside(change: (answer: BesideAnswer) => Partial<BesideAnswer>) {
  return (question: string, answer: unknown): unknown => (question.endsWith("/beside") ? { ...(answer as BesideAnswer), ...change(answer as BesideAnswer) } : answer);
}

function panel() {
  return within(screen.getByRole("region", { name: "Actions and services" }));
}

test("beside_ofARun_saysStatesResultsAndReasons", async () => {
  await openPage(RUN);
  const text = screen.getByRole("region", { name: "Actions and services" }).textContent;
  expect(text).toContain("never started");
  expect(text).toContain("sh ended with exit code 3: no such kernel");
  expect(panel().queryByRole("link", { name: "Execute publish" })).toBeNull();
  const open = panel().getByRole("link", { name: "Open tensorboard" });
  expect(open.getAttribute("href")).toBe("http://127.0.0.1:6006/");
  expect(open.getAttribute("rel")).toContain("noopener");
});

test("beside_none_hasNoPanel", async () => {
  await openPage(RUN, beside(() => ({ actions: [], services: [] })));
  expect(screen.queryByRole("region", { name: "Actions and services" })).toBeNull();
});

test("beside_addressThatIsNotLoopback_isNoLink", async () => {
  await openPage(RUN, beside(({ services }) => ({ services: services.map((line) => ({ ...line, ...(line.port === undefined ? {} : { address: "http://evil.example/" }) })) })));
  expect(panel().queryByRole("link", { name: "Open tensorboard" })).toBeNull();
});

test("beside_result_isALinkOnlyOfTheWeb", async () => {
  const result = (text: string) => beside(({ actions }) => ({ actions: actions.map((line) => (line.last === undefined ? line : { ...line, last: { ...line.last, text } })) }));
  await openPage(RUN, result("https://example.org/a"));
  expect(panel().getByRole("link", { name: "https://example.org/a" }).getAttribute("rel")).toContain("noopener");
  await openPage(RUN, result("javascript:alert(1)"));
  expect(panel().queryByRole("link", { name: /javascript/ })).toBeNull();
  expect(screen.getByRole("region", { name: "Actions and services" }).textContent).toContain("javascript:alert(1)");
});

test("beside_action_isAskedPlannedAndConfirmedByAnotherKey", async () => {
  const sent: [string, Record<string, unknown>][] = [];
  const page = await openPage(RUN, undefined, (path, body) => {
    sent.push([path, body as Record<string, unknown>]);
    const isPlan = (body as { plan?: boolean }).plan === true;
    return { possible: [], impossible: [], possibleTotal: 1, impossibleTotal: 0, bytes: 0, dependents: 0, done: !isPlan, plan: "p1", effect: isPlan ? "executes export; twice" : "execution 3 of export has begun" };
  });
  fireEvent.click(panel().getByRole("link", { name: "Execute export" }));
  await page.host.pass(400);
  await page.host.pass(400);
  expect(page.host.address()).toBe(`${RUN}?beside=actions/export`);
  const form = within(screen.getByRole("form", { name: "Execute export" }));
  expect((form.getByLabelText("Which format?") as HTMLSelectElement).value).toBe("trec");
  expect((form.getByLabelText("runs") as HTMLInputElement).checked).toBe(true);
  const execute = form.getByRole("button", { name: "Execute export" });
  expect(execute.getAttribute("aria-disabled")).toBe("true");
  expect(form.getByRole("status").textContent).toContain("“How is the archive called?” has no answer");

  fireEvent.input(form.getByLabelText("How is the archive called?"), { target: { value: "final" } });
  fireEvent.click(form.getByLabelText("topics"));
  await page.host.pass(100);
  fireEvent.submit(screen.getByRole("form", { name: "Execute export" }));
  await page.host.pass(100);
  expect(sent).toEqual([
    ["/api/1/actions/execute", { run: "bm25-grid/20260318-094211", action: "export", answers: { format: ["trec"], parts: ["runs", "topics"], overwrite: ["no"], name: ["final"] }, plan: true }],
  ]);
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.getByText("Executes export; twice.")).toBeTruthy();
  await page.press("y");
  expect(sent.at(-1)?.[1]["planned"]).toBe("p1");
  expect(screen.getAllByRole("status").map((status) => status.textContent).join(" ")).toContain("Execution 3 of export has begun.");
});

async function openFarPage() {
  document.documentElement.dataset["far"] = ""; // as the server of the reader's machine writes it
  return await openPage(RUN);
}

afterEach(() => delete document.documentElement.dataset["far"]);

test("beside_throughSsh_anAddressIsAskedForOnDemand", async () => {
  const page = await openFarPage();
  expect(panel().queryByRole("link", { name: "Open tensorboard" })).toBeNull();
  fireEvent.click(panel().getByRole("button", { name: "Forward tensorboard" }));
  await page.host.pass(100);
  expect(panel().getByRole("link", { name: "Open tensorboard" }).getAttribute("href")).toBe("http://127.0.0.1:40001/");

  page.host.streams.at(-1)?.fail(); // a forward ends with the connection
  await page.host.pass(100);
  expect(panel().queryByRole("link", { name: "Open tensorboard" })).toBeNull();
  expect(panel().getByRole("button", { name: "Forward tensorboard" })).toBeTruthy();
});

test("beside_throughSsh_anotherProcessAtThePort_isAskedForAgain", async () => {
  const page = await openFarPage();
  fireEvent.click(panel().getByRole("button", { name: "Forward tensorboard" }));
  await page.host.pass(100);
  expect(panel().getByRole("link", { name: "Open tensorboard" })).toBeTruthy();
  const answer = besideOf("bm25-grid/20260318-094211");
  const services = answer.services.map((line) => ({ ...line, last: { ...line.last!, number: 2 } }));
  const stream = page.host.streams.at(-1)!;
  const of = new URL(stream.address, "http://x").searchParams.getAll("of").findIndex((question) => question.endsWith("/beside"));
  stream.send("answer", { of, answer: { ...answer, services } });
  await page.host.pass(100);
  expect(panel().getByRole("button", { name: "Forward tensorboard" })).toBeTruthy();
});

test("beside_serviceOfAnotherHost_isStartedOnceTheReaderKnowsItsEnd", async () => {
  let body: unknown;
  const elsewhere = beside(({ services }) => ({ services: services.map((line) => ({ ...line, last: { ...line.last!, state: "elsewhere" as const, host: "node07" } })) }));
  const page = await openPage(RUN, elsewhere, (_, sent) => ((body = sent), { possible: [], impossible: [], possibleTotal: 1, impossibleTotal: 0, plan: "p", effect: "starts it" }));
  expect(screen.getByRole("region", { name: "Actions and services" }).textContent).toContain("elsewhere on node07");
  fireEvent.click(panel().getByRole("button", { name: "Start notebook" }));
  await page.host.pass(100);
  expect(body).toEqual({ run: "bm25-grid/20260318-094211", service: "notebook", hasEnded: true, plan: true });
});

test("beside_itsKey_goesToTheOpenOne_andEscClosesIt", async () => {
  const page = await openPage(`${RUN}?beside=services/notebook`);
  expect(screen.getByRole("region", { name: "Log of notebook" })).toBeTruthy();
  await page.press("A");
  expect(document.activeElement?.textContent).toBe("notebook");
  await page.press("Escape");
  expect(page.host.address()).toBe(RUN);
});
