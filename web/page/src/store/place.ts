import { signal } from "@preact/signals";
import { addressOf, viewOf } from "../address/address";
import type { View } from "../address/view";
import type { Host } from "./host";

/** A changed view is written to the address so long after its last change: browsers refuse more than some writes a second. */
export const PAUSE = 250;

/** Where the reader is. Opening something is a step that the browser's button takes back; typing is none. */
export function createPlace(host: Host) {
  const view = signal<View>(viewOf(host.address()));
  let stopWaiting = (): void => {};
  let unwritten: string | undefined;

  /** Writes the address of the view, if it has changed in its place. */
  function write(): void {
    stopWaiting();
    if (unwritten !== undefined) {
      host.replace(unwritten);
      unwritten = undefined;
    }
  }

  host.onAddress(() => {
    // The browser has left the entry of the view, which can be written no more.
    stopWaiting();
    unwritten = undefined;
    view.value = viewOf(host.address());
  });
  host.onHidden(write); // the page may be closed
  return {
    view,
    /** Opens a view. */
    go(next: View): void {
      write();
      const address = addressOf(next);
      if (address !== addressOf(view.peek())) {
        host.push(address);
      }
      view.value = next;
    },
    /** Changes the view in its place. */
    replace(next: View): void {
      stopWaiting();
      unwritten = addressOf(next);
      stopWaiting = host.after(PAUSE, write);
      view.value = next;
    },
  };
}
