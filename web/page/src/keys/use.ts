import { createContext } from "preact";
import { useContext, useEffect, useRef } from "preact/hooks";
import type { Handlers, Keys } from "./dispatch";

export const KeysContext = createContext<Keys | undefined>(undefined);

/**
 * Handles keys while the component is there; `modal` hides the handlers of what is below. Without handlers there is no
 * layer: that of a menu is above all others from when it opens, and not from when its button came.
 */
export function useKeys(handlers: Handlers | undefined, modal = false): void {
  const keys = useContext(KeysContext);
  const latest = useRef(handlers);
  latest.current = handlers;
  const isOn = handlers !== undefined;
  useEffect(() => (isOn ? keys?.add({ handlers: () => latest.current ?? {}, isModal: modal }) : undefined), [keys, modal, isOn]);
}
