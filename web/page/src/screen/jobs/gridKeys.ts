import { useRef } from "preact/hooks";
import { addressOf } from "../../address/address";
import { dropping, keeping } from "../../address/filter";
import { jobOf, type JobList } from "../../address/job";
import { ALL, type JobsView } from "../../address/view";
import { keysOf } from "../../keys/table";
import { useKeys } from "../../keys/use";
import { wordsOf } from "../../store/actions";
import type { Store } from "../../store/store";
import { useStore } from "../../store/use";
import { OTHERS } from "../../wire/questions";
import type { Group, Row, Value } from "../../wire/types";
import { valueIn, type Column } from "./columns";
import type { Cursor } from "./cursor";
import type { Layout } from "./layout";
import { idsBetween, MOST_SELECTED } from "./selection";
import type { Rows, Shown } from "./shown";

/** The list as the keys find it. */
export interface GridPlace {
  view: JobsView;
  shown: Shown;
  list: JobList;
  layout: Layout;
  rows: Rows;
  columns: readonly Column[];
  cursor: Cursor;
  isOpen: (key: string) => boolean;
}

/** Handles the keys and the clicks of the list. */
export function useGridKeys(place: GridPlace): {
  click: (event: MouseEvent) => void;
  selectAll: () => void;
  isGroupSelected: (group: Group) => boolean;
} {
  const store = useStore();
  const groups = useRef(new Map<string, string[]>()); // identifiers of the groups that were selected as a whole
  const anchor = useRef<number | undefined>(undefined);
  const { view, layout, cursor, rows } = place;

  const move = (step: number) => (): void => cursor.moveTo(cursor.index < 0 ? 0 : cursor.index + step);
  const lineAt = (index: number) => layout.at(index);
  const rowAt = (index: number): Row | undefined => {
    const line = lineAt(index);
    return line?.kind === "job" ? rows.find(line.group?.key, line.index) : undefined;
  };

  function fold(index: number): void | false {
    const group = lineAt(index)?.group;
    if (group === undefined) {
      return false;
    }
    setOpen(group.key, !place.isOpen(group.key));
    const own = layout.ofGroup(group.key);
    if (own !== index) {
      cursor.moveTo(own);
    }
  }

  function setOpen(key: string, isOpen: boolean): void {
    const open = place.shown.groups.filter((group) => group.isLeaf && place.isOpen(group.key) && group.key !== key).map((group) => group.key);
    store.replace({ ...view, open: isOpen ? [...open, key] : open });
  }

  function sideways(step: number): void | false {
    const line = lineAt(cursor.index);
    if (line?.kind === "group") {
      if (line.group.isLeaf && place.isOpen(line.group.key) !== step > 0) {
        setOpen(line.group.key, step > 0);
      } else if (step > 0) {
        cursor.moveTo(cursor.index + 1);
      }
      return;
    }
    if (line === undefined) {
      return false;
    }
    const cell = (cursor.cell < 0 ? 1 : cursor.cell) + step;
    if (cell < 1 && line.group !== undefined) {
      cursor.moveCell(-1);
      cursor.moveTo(layout.ofGroup(line.group.key));
    } else {
      cursor.moveCell(Math.max(1, Math.min(cell, place.columns.length - 1)));
    }
  }

  function open(index: number): void | false {
    const row = rowAt(index);
    if (row === undefined) {
      return fold(index);
    }
    store.go(jobOf(place.list, row.job));
  }

  async function select(from: number, to: number, isRange: boolean): Promise<void> {
    let ids: string[] | undefined;
    try {
      ids = await idsBetween(store, place, from, to);
    } catch (failure) {
      store.toasts.say(`Nothing was selected: ${wordsOf(failure)}`);
      return;
    }
    const now = store.view.peek();
    if (now.screen !== "jobs" || listOf(now) !== listOf(view) || now.selected?.includes(ALL) === true) {
      return; // the reader has gone on to other jobs, or to all
    }
    if (ids === undefined) {
      store.toasts.say(`These are more than ${MOST_SELECTED} jobs: filter for them, and select all that match by a`);
      return;
    }
    const line = lineAt(from);
    if (from === to && line?.kind === "group") {
      groups.current.set(line.group.key, ids);
    }
    const former = now.selected ?? [];
    const chosen = new Set(ids);
    const isOff = !isRange && ids.every((id) => former.includes(id));
    setSelected(store, isOff ? former.filter((id) => !chosen.has(id)) : [...new Set([...former, ...ids])]);
  }

  function selectLine(index: number, isRange: boolean): void {
    if (view.selected?.includes(ALL) === true) {
      store.toasts.say(`All are selected: ${keysOf("clear")} clears`);
      return;
    }
    const from = isRange && anchor.current !== undefined ? anchor.current : index;
    anchor.current = index;
    void select(Math.min(from, index), Math.max(from, index), isRange && from !== index);
  }

  const selectAll = (): void => setSelected(store, view.selected?.includes(ALL) === true ? [] : [ALL]);

  function byValue(change: (q: string, name: string, value: Value | undefined) => string): void | false {
    const test = testAt(place);
    if (test === undefined) {
      return false;
    }
    store.setFilter(change(view.q ?? "", test.name, test.value));
  }

  useKeys({
    down: move(1),
    up: move(-1),
    first: () => cursor.moveTo(0),
    last: () => cursor.moveTo(layout.count - 1),
    end: () => cursor.moveTo(layout.count - 1),
    left: () => sideways(-1),
    right: () => sideways(1),
    open: () => open(cursor.index),
    fold: () => fold(cursor.index),
    select: () => (cursor.index < 0 ? false : selectLine(cursor.index, false)),
    selectRange: () => (cursor.index < 0 ? false : selectLine(cursor.index, true)),
    selectAll,
    clear: () => (view.selected === undefined || view.selected.length === 0 ? false : setSelected(store, [])),
    keepValue: () => byValue(keeping),
    dropValue: () => byValue(dropping),
  });

  return {
    selectAll,
    isGroupSelected({ key, size }) {
      const ids = groups.current.get(key);
      return ids !== undefined && ids.length === size && ids.every((id) => view.selected?.includes(id));
    },
    click(event) {
      const target = event.target as HTMLElement;
      const line = target.closest<HTMLElement>("[data-line]");
      if (line === null || target.closest("a, button, .state-bar i") !== null) {
        return;
      }
      const index = Number(line.dataset["line"]) - 1;
      const cell = [...line.children].indexOf(target.closest("[role=gridcell]") as Element);
      if (cell === 0) {
        event.preventDefault();
        selectLine(index, event.shiftKey);
      } else if (lineAt(index)?.kind === "group") {
        fold(index);
      }
      cursor.moveTo(index);
      cursor.moveCell(lineAt(index)?.kind === "job" && cell > 0 ? cell : -1);
    },
  };
}

/** Returns the address of the lines of a list: where it stands, and what is selected and open in it, left out. */
function listOf({ scope, q, by, sort }: JobsView): string {
  return addressOf({ screen: "jobs", ...(scope && { scope }), ...(q && { q }), ...(by && { by }), ...(sort && { sort }) });
}

export function setSelected(store: Store, selected: string[]): void {
  const view = store.view.peek();
  if (view.screen === "jobs") {
    const { selected: _former, ...rest } = view;
    store.replace(selected.length === 0 ? rest : { ...rest, selected });
  }
}

/** Returns the name and the value at the cursor, for a test of the filter; `undefined` is that of jobs without one. */
function testAt({ layout, rows, cursor, columns, shown }: GridPlace): { name: string; value: Value | undefined } | undefined {
  const line = layout.at(cursor.index);
  if (line === undefined) {
    return undefined;
  }
  if (line.kind === "group") {
    const name = shown.answer?.by[line.group.depth];
    const { key, label, isMissing } = line.group;
    return name === undefined || key === OTHERS ? undefined : { name, value: isMissing ? undefined : label };
  }
  const row = rows.find(line.group?.key, line.index);
  const column = columns[cursor.cell];
  if (row === undefined || column === undefined) {
    return undefined;
  }
  if (column.kind === "value" || column.kind === "metric") {
    const value = valueIn(row, column.name);
    return value === undefined ? undefined : { name: column.name, value };
  }
  if (column.kind === "host" && row.host !== undefined) {
    return { name: "host", value: row.host };
  }
  return column.kind === "state" ? { name: "state", value: row.state } : undefined;
}
