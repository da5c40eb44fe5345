import { createContext } from "preact";
import { useContext, useRef } from "preact/hooks";
import type { Answer } from "./answers";
import type { Store } from "./store";

export const StoreContext = createContext<Store | undefined>(undefined);

/** Returns the store of the page. */
export function useStore(): Store {
  const store = useContext(StoreContext);
  if (store === undefined) {
    throw new Error("No store: the component is not within a StoreContext.Provider");
  }
  return store;
}

const NOTHING: Answer<never> = { isOld: true };

/** An answer as a component sees it. */
export interface SeenAnswer<T> extends Answer<T> {
  isFormer: boolean; // the value is that of another question, which was asked before: nothing may be done with it
}

/**
 * Returns the answer to a question, and keeps it true while the component is there. When the question changes, the
 * last value stays until the next one is whole. Give a component a `key` to begin anew, as for another run.
 */
export function useAnswer<T>(question: string | undefined): SeenAnswer<T> {
  const store = useStore();
  const last = useRef<T | undefined>(undefined);
  const answer: Answer<T> = question === undefined ? NOTHING : store.answer<T>(question).value;
  if (answer.value !== undefined) {
    last.current = answer.value;
  }
  const isFormer = answer.value === undefined && last.current !== undefined;
  return isFormer ? { ...answer, value: last.current as T, isOld: true, isFormer } : { ...answer, isFormer };
}
