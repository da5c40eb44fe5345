import { expect, test } from "vitest";
import { fetchWithKey, keyHeaders, takeKeys, withFileKey, type Fetch, type KeyStorage } from "./key";

function storageOf(entries: Record<string, string> = {}): KeyStorage {
  return { getItem: (name) => entries[name] ?? null, setItem: (name, value) => void (entries[name] = value) };
}

const accepting: Fetch = () => Promise.resolve(new Response("", { status: 200 }));

/** A server that knows one key, and the keys it was asked with. */
function server(known: string): { fetching: Fetch; asked: string[] } {
  const asked: string[] = [];
  const fetching: Fetch = (_, request) => {
    const key = new Headers(request.headers).get("X-Experimaestro") ?? "";
    asked.push(key);
    return Promise.resolve(new Response("", { status: key === known ? 200 : 401 }));
  };
  return { fetching, asked };
}

test("keys_ofTheAddress_areKeptForTheNextTab_whenTheyWereAccepted", async () => {
  const entries: Record<string, string> = {};
  expect(takeKeys("#key=page-1.file_1", storageOf(entries))).toBe(true);
  expect(keyHeaders()).toEqual({ "X-Experimaestro": "page-1" });
  expect(withFileKey("/api/1/jobs/t/a/files/x")).toBe("/api/1/jobs/t/a/files/x?key=file_1");
  await fetchWithKey("/api/1/workspace", {}, accepting);
  expect(entries).toEqual({ "experimaestro.key": "page-1.file_1", "experimaestro.key.offered": "" });
  expect(takeKeys("", storageOf(entries))).toBe(false);
  expect(keyHeaders()).toEqual({ "X-Experimaestro": "page-1" });
});

test("keys_thatASiteHasWritten_leaveThoseOfTheSession", async () => {
  const entries = { "experimaestro.key": "good.file" };
  const { fetching, asked } = server("good");
  takeKeys("#key=AAAA.BBBB", storageOf(entries));
  expect((await fetchWithKey("/api/1/workspace", {}, fetching)).status).toBe(200);
  expect(asked).toEqual(["AAAA", "good"]);
  expect(entries).toEqual({ "experimaestro.key": "good.file", "experimaestro.key.offered": "" });
  expect(keyHeaders()).toEqual({ "X-Experimaestro": "good" });
});

test("keys_ofAnAddressThatIsLeftAtOnce_areTriedByTheNextPage", async () => {
  const entries: Record<string, string> = { "experimaestro.key": "old.file" };
  const { fetching, asked } = server("new");
  takeKeys("#key=new.file", storageOf(entries));
  takeKeys("", storageOf(entries));
  expect((await fetchWithKey("/api/1/workspace", {}, fetching)).status).toBe(200);
  expect(asked).toEqual(["new"]);
  expect(entries["experimaestro.key"]).toBe("new.file");
});

test("keys_thatAnotherTabHasGot_areUsedByThisOne", async () => {
  const storage = storageOf();
  takeKeys("#key=old.old", storage);
  await fetchWithKey("/api/1/workspace", {}, accepting);
  storage.setItem("experimaestro.key", "new.newer");
  expect(keyHeaders()).toEqual({ "X-Experimaestro": "new" });
});

test("keys_withoutStorage_holdUntilThePageIsLoadedAgain", async () => {
  const off: KeyStorage = {
    getItem: () => { throw new Error("denied"); },
    setItem: () => { throw new Error("denied"); },
  };
  expect(takeKeys("#key=page.file", off)).toBe(true);
  await fetchWithKey("/api/1/workspace", {}, accepting);
  expect(keyHeaders()).toEqual({ "X-Experimaestro": "page" });
});

test("keys_ofAnotherPartOfTheAddress_areNone", () => {
  expect(takeKeys("#main", storageOf())).toBe(false);
  expect(takeKeys("#key=<b>.x", storageOf())).toBe(false);
});
