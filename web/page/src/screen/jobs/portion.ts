import { useEffect, useReducer, useRef } from "preact/hooks";

/** So many rows are drawn anew in one task, so that keys and the pointer are answered between them. */
export const AT_ONCE = 8;

/**
 * Returns a function that tells whether a row may be drawn now, for a list that asks for each of its rows whenever it is drawn.
 * Rows that were drawn before may always; the others come a portion at a time, each in a task of its own.
 */
export function usePortions(): (key: string) => boolean {
  const drawn = useRef<ReadonlySet<string>>(new Set());
  const [, drawMore] = useReducer((times: number) => times + 1, 0);
  const now = new Set<string>();
  let fresh = 0;
  let left = 0;
  useEffect(() => {
    drawn.current = now;
    if (left > 0) {
      const timer = setTimeout(() => drawMore(undefined));
      return () => clearTimeout(timer);
    }
    return undefined;
  });
  return (key) => {
    const isOld = drawn.current.has(key);
    fresh += isOld ? 0 : 1;
    if (!isOld && fresh > AT_ONCE) {
      left += 1;
      return false;
    }
    now.add(key);
    return true;
  };
}
