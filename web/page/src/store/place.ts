import { signal } from "@preact/signals";
import { addressOf, viewOf } from "../address/address";
import type { View } from "../address/view";
import type { Host } from "./host";

/** Where the reader is. Opening something is a step that the browser's button takes back; typing is none. */
export function createPlace(host: Host) {
  const view = signal<View>(viewOf(host.address()));
  host.onAddress(() => (view.value = viewOf(host.address())));
  return {
    view,
    /** Opens a view. */
    go(next: View): void {
      const address = addressOf(next);
      if (address !== addressOf(view.peek())) {
        host.push(address);
      }
      view.value = next;
    },
    /** Changes the view in its place. */
    replace(next: View): void {
      host.replace(addressOf(next));
      view.value = next;
    },
  };
}
