import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** Returns a reference for an element, and the width that the element has; `usual` until it is known. */
export function useWidth<T extends HTMLElement>(usual: number): [place: RefObject<T>, width: number] {
  const place = useRef<T>(null);
  const [width, setWidth] = useState(usual);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) {
      return undefined;
    }
    const read = (): void => setWidth(Math.max(1, Math.round(element.clientWidth || usual)));
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [place, width];
}
