import { expect, test } from "vitest";
import { keyHeaders, takeKeys, withFileKey, type KeyStorage } from "./key";

function storageOf(entries: Record<string, string> = {}): KeyStorage {
  return { getItem: (name) => entries[name] ?? null, setItem: (name, value) => void (entries[name] = value) };
}

test("keys_ofTheAddress_areSentAndKeptForTheNextTab", () => {
  const storage = storageOf();
  expect(takeKeys("#key=page-1.file_1", storage)).toBe(true);
  expect(keyHeaders()).toEqual({ "X-Experimaestro": "page-1" });
  expect(withFileKey("/api/1/jobs/t/a/files/x")).toBe("/api/1/jobs/t/a/files/x?key=file_1");
  expect(takeKeys("", storage)).toBe(false);
  expect(keyHeaders()).toEqual({ "X-Experimaestro": "page-1" });
});

test("keys_thatAnotherTabHasGot_areUsedByThisOne", () => {
  const storage = storageOf();
  takeKeys("#key=old.old", storage);
  storage.setItem("experimaestro.key", "new.newer");
  expect(keyHeaders()).toEqual({ "X-Experimaestro": "new" });
});

test("keys_withoutStorage_holdUntilThePageIsLoadedAgain", () => {
  const off: KeyStorage = {
    getItem: () => { throw new Error("denied"); },
    setItem: () => { throw new Error("denied"); },
  };
  expect(takeKeys("#key=page.file", off)).toBe(true);
  expect(keyHeaders()).toEqual({ "X-Experimaestro": "page" });
});

test("keys_ofAnotherPartOfTheAddress_areNone", () => {
  expect(takeKeys("#main", storageOf())).toBe(false);
  expect(takeKeys("#key=<b>.x", storageOf())).toBe(false);
});
