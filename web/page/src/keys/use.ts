import { createContext } from "preact";
import { useContext, useEffect, useRef } from "preact/hooks";
import type { Handlers, Keys } from "./dispatch";

export const KeysContext = createContext<Keys | undefined>(undefined);

/** Handles keys while the component is there; `modal` hides the handlers of what is below. */
export function useKeys(handlers: Handlers, modal = false): void {
  const keys = useContext(KeysContext);
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => keys?.add({ handlers: () => latest.current, isModal: modal }), [keys, modal]);
}
