import { useEffect, useRef, useState } from "preact/hooks";
import type { JobsView } from "../../address/view";
import { useStore } from "../../store/use";
import type { Layout } from "./layout";
import type { Rows } from "./shown";

/** Where the reader is in the list. It is a job or a group; its index follows. */
export interface Cursor {
  index: number; // -1: nowhere
  cell: number; // column; -1: the whole line
  moveTo(index: number): void;
  moveCell(cell: number): void;
}

export function useCursor(view: JobsView, layout: Layout, rows: Rows, reveal: (index: number) => void): Cursor {
  const store = useStore();
  const [at, setAt] = useState<{ id: string | undefined; index: number; cell: number }>({ id: view.at, index: -1, cell: -1 });
  const mustReveal = useRef(view.at !== undefined);
  const index = indexOf(at.id, at.index, layout, rows);
  const id = idAt(index, layout, rows) ?? at.id;

  useEffect(() => {
    if (mustReveal.current && index >= 0) {
      mustReveal.current = false;
      reveal(index);
    }
  }, [index]);
  useEffect(() => {
    // The job that was not read when the cursor came to its line.
    if (at.id === undefined && id !== undefined) {
      setAt({ ...at, id });
    }
    if (id !== undefined && id !== view.at) {
      const now = store.view.peek();
      if (now.screen === "jobs") {
        store.replace({ ...now, at: id });
      }
    }
  }, [id]);

  return {
    index,
    cell: at.cell,
    moveTo(next) {
      const to = Math.max(0, Math.min(next, layout.count - 1));
      if (layout.count > 0) {
        setAt({ id: idAt(to, layout, rows), index: to, cell: at.cell });
        reveal(to);
      }
    },
    moveCell: (cell) => setAt({ ...at, cell }),
  };
}

/** Returns the line of a job or a group; where it was, if it is not among what has been read, or still there: a job may have several lines. */
function indexOf(id: string | undefined, former: number, layout: Layout, rows: Rows): number {
  if (id !== undefined && idAt(former, layout, rows) !== id) {
    const group = layout.ofGroup(id);
    const place = group >= 0 ? undefined : rows.placeOf(id);
    const found = place === undefined ? group : layout.ofJob(place.group, place.index);
    if (found >= 0) {
      return found;
    }
  }
  return Math.min(former, layout.count - 1);
}

function idAt(index: number, layout: Layout, rows: Rows): string | undefined {
  const line = layout.at(index);
  return line?.kind === "group" ? line.group.key : line === undefined ? undefined : rows.find(line.group?.key, line.index)?.shortId;
}
