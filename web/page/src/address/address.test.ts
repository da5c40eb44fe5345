import { describe, expect, test } from "vitest";
import shared from "../../fixtures/addresses.json";
import { addressOf, viewOf } from "./address";
import { filtered, tabOf, type View } from "./view";

const scope = { experiment: "bm25-grid", run: "20260318-094211" };

describe("addresses of the reference", () => {
  test.each<[string, View]>([
    ["/", { screen: "workspace" }],
    ["/x/bm25-grid", { screen: "experiment", experiment: "bm25-grid" }],
    ["/x/bm25-grid/latest", { screen: "run", scope: { experiment: "bm25-grid", run: "latest" } }],
    [
      "/x/bm25-grid/20260318-094211/jobs?q=state=failed+k1=0.6..1.2&by=type,k1&open=ir.search,1.5&at=06ad686d&sel=06ad686d,78f24450",
      {
        screen: "jobs",
        scope,
        q: "state=failed k1=0.6..1.2",
        by: ["type", "k1"],
        open: ["ir.search,1.5"],
        at: "06ad686d",
        selected: ["06ad686d", "78f24450"],
      },
    ],
    [
      "/job/ir.search/06ad686d?attempt=1&stream=err&find=No+space&line=2407",
      { screen: "job", type: "ir.search", id: "06ad686d", attempt: 1, stream: "err", find: "No space", line: 2407 },
    ],
    ["/job/t/i?by=type,k1&sort=-time", { screen: "job", type: "t", id: "i", by: ["type", "k1"], sort: "-time" }],
    ["/compare?jobs=041be7c1,06d291f7&base=041be7c1", { screen: "compare", jobs: ["041be7c1", "06d291f7"], base: "041be7c1" }],
    ["/x/bm25-grid/20260318-094211/timeline?lanes=host&from=11:30&to=12:10", { screen: "timeline", scope, lanes: "host", from: "11:30", to: "12:10" }],
    ["/x/bm25-grid/20260318-094211/graph?around=ir.search/06ad686d", { screen: "graph", scope, around: "ir.search/06ad686d" }],
    ["/types/ir.search", { screen: "type", type: "ir.search" }],
    ["/nowhere/at/all?x=1", { screen: "unknown", path: "/nowhere/at/all?x=1" }],
  ])("%s", (address, view) => {
    expect(viewOf(address)).toEqual(view);
    expect(addressOf(view)).toBe(address);
  });
});

describe("addresses that the command line writes and reads, too", () => {
  test.each(shared.written)("$address", ({ address, view }) => {
    expect(viewOf(address)).toEqual(view);
    expect(addressOf(view as View)).toBe(address);
  });
  test.each(shared.typed)("$address, typed", ({ address, view }) => {
    expect(viewOf(address)).toEqual(view);
  });
  test.each(shared.unknown)("%s, unknown", (address) => {
    expect(viewOf(address)).toEqual({ screen: "unknown", path: address });
  });
});

test("viewOf leaves out what is wrong", () => {
  expect(viewOf("/job/t/i?attempt=x&stream=all&other=1")).toEqual({ screen: "job", type: "t", id: "i" });
  expect(viewOf("/x/%E0%A4%A/r")).toEqual({ screen: "run", scope: { experiment: "%E0%A4%A", run: "r" } });
});

/** Numbers that look random and are the same each time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const MARKS = ["a", "B", "1", " ", "+", "%", "&", "=", ",", "/", "?", "#", "é", "日", '"', "'", "<", "..", ".", "%2C", "😀", "\\", ";", ":"];

test("any view is read back from its address", () => {
  const next = numbers(7);
  const text = (least = 1) => Array.from({ length: least + Math.floor(next() * 5) }, () => MARKS[Math.floor(next() * MARKS.length)]).join("").replace(/^\.+$/, "no folder");
  const texts = () => Array.from({ length: 1 + Math.floor(next() * 3) }, () => text());
  const maybe = <T>(name: string, make: () => T) => (next() < 0.5 ? { [name]: make() } : {});
  const jobs = () => ({ ...maybe("scope", () => ({ experiment: text(), run: text() })), ...maybe("q", text) });
  const number = () => Math.floor(next() * 1e6) / 8;
  const makers: (() => View)[] = [
    () => ({ screen: "experiment", experiment: text() }),
    () => ({ screen: "run", scope: { experiment: text(), run: text() } }),
    () => ({ screen: "jobs", ...jobs(), ...maybe("by", texts), ...maybe("sort", text), ...maybe("open", texts), ...maybe("at", text), ...maybe("selected", texts) }),
    () => ({ screen: "jobs", by: [], open: [], cols: [] }),
    () => ({ screen: "job", ...jobs(), type: text(), id: text(), ...maybe("attempt", number), ...maybe("find", text), ...maybe("line", number) }),
    () => ({ screen: "compare", ...jobs(), jobs: texts(), ...maybe("base", text) }),
    () => ({ screen: "table", ...jobs(), ...maybe("rows", texts), ...maybe("cols", texts), ...maybe("ci", number), ...maybe("best", text) }),
    () => ({ screen: "charts", ...jobs(), ...maybe("metric", text), ...maybe("by", texts) }),
    () => ({ screen: "timeline", ...jobs(), ...maybe("from", text) }),
    () => ({ screen: "graph", ...jobs(), ...maybe("by", texts), ...maybe("at", text) }),
    () => ({ screen: "type", type: text() }),
  ];
  for (let i = 0; i < 3000; i++) {
    const view = makers[i % makers.length]!();
    const address = addressOf(view);
    expect(viewOf(address), address).toEqual(view);
    expect(addressOf(viewOf(address))).toBe(address);
    const { pathname, search } = new URL(address, "http://localhost");
    expect(viewOf(pathname + search), address).toEqual(view);
  }
});

test("tabOf keeps the jobs, and drops the rest", () => {
  const jobs: View = { screen: "jobs", scope, q: "state=failed", by: ["type"], at: "06ad686d" };
  expect(tabOf("table", jobs)).toEqual({ screen: "table", scope, q: "state=failed" });
  expect(tabOf("run", { screen: "jobs" })).toBeUndefined();
});

test("filtered keeps the view, or goes to the list", () => {
  expect(filtered({ screen: "timeline", scope, q: "a", lanes: "host" }, "b")).toEqual({ screen: "timeline", scope, q: "b", lanes: "host" });
  expect(filtered({ screen: "run", scope }, "a")).toEqual({ screen: "jobs", scope, q: "a" });
  expect(filtered({ screen: "job", scope, type: "t", id: "i" }, "b")).toEqual({ screen: "jobs", scope, q: "b" });
});

test("the graph of a job is that around it", () => {
  expect(tabOf("graph", { screen: "job", scope, q: "k1=1", type: "t", id: "i" })).toEqual({ screen: "graph", scope, q: "k1=1", around: "t/i" });
});
