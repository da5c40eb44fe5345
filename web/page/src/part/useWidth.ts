import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** Returns a reference for an element, and the width that its content has; `usual` until it is known. */
export function useWidth<T extends HTMLElement>(usual: number): [place: RefObject<T>, width: number] {
  const place = useRef<T>(null);
  const [width, setWidth] = useState(usual);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) {
      return undefined;
    }
    const read = (): void => {
      const { paddingLeft, paddingRight } = getComputedStyle(element);
      const inner = element.clientWidth - (parseFloat(paddingLeft) || 0) - (parseFloat(paddingRight) || 0);
      setWidth(Math.round(inner > 0 ? inner : usual));
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [place, width];
}
