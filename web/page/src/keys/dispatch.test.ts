// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { createKeys, EXPIRES } from "./dispatch";
import { BINDINGS } from "./table";

let now = 0;
let on = true;
const done: string[] = [];
let keys = createKeys(() => now, () => on);

beforeEach(() => {
  now = 0;
  on = true;
  done.length = 0;
  keys = createKeys(() => now, () => on);
});

function press(key: string, target: HTMLElement = document.body, more: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent("keydown", { key, ...more });
  Object.defineProperty(event, "target", { value: target });
  return keys.press(event);
}

function layer(name: string, isModal = false) {
  return keys.add({ isModal, handlers: () => ({ down: () => void done.push(`${name} down`), goJobs: () => void done.push(`${name} jobs`) }) });
}

test("press_sequence_isOneIntent", () => {
  layer("list");
  expect(press("g")).toBe(true);
  expect(press("j")).toBe(true);
  expect(done).toEqual(["list jobs"]);
});

test("press_sequenceTooSlow_isTheSecondKeyAlone", () => {
  layer("list");
  press("g");
  now = EXPIRES + 1;
  press("j");
  expect(done).toEqual(["list down"]);
});

test("press_sequenceThatIsNone_doesNothing", () => {
  layer("list");
  press("g");
  expect(press("x")).toBe(false);
  press("j");
  expect(done).toEqual(["list down"]);
});

test("press_inTextFields_isSilent", () => {
  layer("list");
  for (const name of ["input", "textarea", "select"]) {
    expect(press("j", document.createElement(name))).toBe(false);
  }
  const box = document.createElement("input");
  box.type = "checkbox";
  expect(press("j", box)).toBe(true);
});

test("press_withModifier_isTheBrowsers", () => {
  layer("list");
  expect(press("j", document.body, { ctrlKey: true })).toBe(false);
  expect(press("j", document.body, { metaKey: true })).toBe(false);
});

test("press_lettersOff_onlyNamedKeysWork", () => {
  layer("list");
  on = false;
  expect(press("j")).toBe(false);
  expect(press("ArrowDown")).toBe(true);
});

test("press_keyThatIsHeld_movesOn_butActsOnce", () => {
  keys.add({ isModal: false, handlers: () => ({ down: () => void done.push("down"), kill: () => void done.push("kill") }) });
  for (const repeat of [false, true, true]) {
    press("j", document.body, { repeat });
    press("K", document.body, { repeat });
  }
  expect(done).toEqual(["down", "kill", "down", "down"]);
});

test("press_topLayer_isFirst_andModalHidesTheRest", () => {
  layer("list");
  const removeTop = layer("top");
  press("j");
  removeTop();
  const removeModal = keys.add({ isModal: true, handlers: () => ({}) });
  expect(press("j")).toBe(false);
  removeModal();
  press("j");
  expect(done).toEqual(["top down", "list down"]);
});

test("press_handlerThatDeclines_leavesTheKeyToTheNext", () => {
  layer("list");
  keys.add({ isModal: false, handlers: () => ({ down: () => false }) });
  press("j");
  expect(done).toEqual(["list down"]);
});

test("bindings_noKeyIsTheBeginningOfAnother", () => {
  for (const { keys: one } of BINDINGS) {
    expect(BINDINGS.filter(({ keys: other }) => other.startsWith(`${one} `))).toEqual([]);
  }
});
