import { BINDINGS, type Binding, type Intent } from "./table";

/** What is done for an intent; `false`: nothing, so that the layer below, or the browser, gets the key. */
export type Handler = (event: KeyboardEvent) => void | false;
export type Handlers = Partial<Record<Intent, Handler>>;

/** Handlers of one part of the page. A modal layer, such as a dialog, hides those below it. */
export interface Layer {
  handlers: () => Handlers;
  isModal: boolean;
}

/** A key that begins a sequence is forgotten after so many milliseconds. */
export const EXPIRES = 1500;

/** Keys that work although single letters are turned off, or text is edited. */
const ALWAYS = new Set(["Escape"]);
const NAMED = new Set(["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End", "Enter", "Escape"]);

/** Dispatches keys to the layers, the last one first. */
export function createKeys(now: () => number, areLettersOn: () => boolean, bindings: readonly Binding[] = BINDINGS) {
  const layers: Layer[] = [];
  let begun: { key: string; at: number } | undefined;

  /** Takes a key; true if somebody did something for it. */
  function press(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key === "Shift") {
      return false;
    }
    const first = begun !== undefined && now() - begun.at <= EXPIRES ? begun.key : undefined;
    begun = undefined;
    if (isTextEdited(event.target) && !ALWAYS.has(event.key)) {
      return false;
    }
    if (!areLettersOn() && !NAMED.has(event.key)) {
      return false;
    }
    if (isButtonOf(event)) {
      return false;
    }
    const keys = first === undefined ? event.key : `${first} ${event.key}`;
    if (first === undefined && bindings.some((binding) => binding.keys.startsWith(`${keys} `))) {
      begun = { key: event.key, at: now() };
      return true;
    }
    // What changes jobs is done once, however long its key is held.
    const meant = bindings.filter((binding) => binding.keys === keys && !(event.repeat && binding.section === "Do"));
    return dispatch(meant.map((binding) => binding.intent), event);
  }

  function dispatch(intents: Intent[], event: KeyboardEvent): boolean {
    for (const layer of layers.toReversed()) {
      const handlers = layer.handlers();
      for (const intent of intents) {
        const handler = handlers[intent];
        if (handler !== undefined && handler(event) !== false) {
          return true;
        }
      }
      if (layer.isModal) {
        return false;
      }
    }
    return false;
  }

  return {
    press,
    /** Adds a layer above the others, and returns a function that takes it away. */
    add(layer: Layer): () => void {
      layers.push(layer);
      return () => {
        layers.splice(layers.indexOf(layer), 1);
      };
    },
  };
}

export type Keys = ReturnType<typeof createKeys>;

/** Returns whether a key goes into a text: the one place that knows. */
export function isTextEdited(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) {
    return false;
  }
  const isText = target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type);
  return isText || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** Returns whether the browser itself does something with the key: Enter presses a button or a link. */
function isButtonOf(event: KeyboardEvent): boolean {
  const target = event.target;
  return event.key === "Enter" && target instanceof HTMLElement && target.closest("button, a, summary") === target;
}
