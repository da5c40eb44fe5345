import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { topToSee, windowOf, type Window } from "./window";

/** What covers the list at the top and the bottom of the screen, in pixels. */
export interface Covers {
  top: number;
  bottom: number;
}

interface Seen {
  top: number;
  height: number;
  width: number;
  row: number;
}

/** The rows to draw of a list that scrolls with the page, its width, and a way to bring a row into sight. */
export interface PageWindow {
  window: Window;
  width: number;
  reveal: (index: number) => void;
}

export function useWindow(place: RefObject<HTMLElement>, count: number, covers: Covers): PageWindow {
  const [seen, setSeen] = useState<Seen>({ top: 0, height: 800, width: 1200, row: 30 });

  useLayoutEffect(() => {
    let frame = 0;
    const measure = (): void => {
      frame = 0;
      const now = seenOf(place.current);
      if (now !== undefined) {
        setSeen((before) => (isSame(before, now) ? before : now));
      }
    };
    const later = (): void => {
      frame ||= requestAnimationFrame(measure);
    };
    measure();
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", later);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener("scroll", later);
      removeEventListener("resize", later);
    };
  }, []);

  function reveal(index: number): void {
    const now = seenOf(place.current);
    if (now !== undefined) {
      const height = now.height - covers.top - covers.bottom;
      const from = now.top + covers.top;
      const to = topToSee(index, { count, row: now.row, top: Math.max(0, from), height });
      if (to !== Math.max(0, from)) {
        window.scrollBy(0, to - from);
      }
    }
  }

  return { window: windowOf({ count, row: seen.row, top: seen.top, height: seen.height }), width: seen.width, reveal };
}

function seenOf(place: HTMLElement | null): Seen | undefined {
  if (place === null) {
    return undefined;
  }
  const box = place.getBoundingClientRect();
  const row = Number.parseFloat(getComputedStyle(place).getPropertyValue("--row"));
  return { top: -box.top, height: innerHeight, width: box.width || innerWidth, row: row > 0 ? row : 30 };
}

/** A list that is scrolled by less than a row draws the same rows. */
function isSame(a: Seen, b: Seen): boolean {
  return Math.floor(a.top / a.row) === Math.floor(b.top / b.row) && a.height === b.height && a.width === b.width && a.row === b.row;
}
