import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { withStates } from "../../address/filter";
import type { Counts } from "../../wire/types";
import type { ExportedRows } from "../data/rows";
import { filterOf, type RowTest } from "../filter/bind";
import { FilterMistake } from "../filter/text";
import { sorted } from "./order";
import { fragmentOf, type Place } from "./place";

/** The export, the place of the reader in it, and the jobs that are selected there. */
export interface Model {
  rows: ExportedRows;
  place: Signal<Place>;
  mistake: ReadonlySignal<FilterMistake | undefined>;
  /** The selected rows, in the order of the list; while the filter has a mistake, those of the last one that had none. */
  selected: ReadonlySignal<readonly number[]>;
  counts: ReadonlySignal<Counts>; // without the filter's states
  /** Shows another place; while the reader types, the history of the browser gets no more entries. */
  go: (change: Partial<Place>, replaces?: boolean) => void;
}

export function createModel(rows: ExportedRows, first: Place, write: (fragment: string, replaces: boolean) => void): Model {
  const place = signal(first);
  const q = computed(() => place.value.q);
  const sort = computed(() => place.value.sort);
  const all = Array.from({ length: rows.size }, (_, row) => row);
  let last: readonly number[] = all;
  let lastCounts = countsOf(rows, all);
  const read = computed(() => testOf(q.value, rows));
  const matching = computed(() => {
    const { test } = read.value;
    last = test === undefined ? last : all.filter(test);
    return last;
  });
  return {
    rows,
    place,
    mistake: computed(() => read.value.mistake),
    selected: computed(() => sorted(rows, matching.value, sort.value)),
    counts: computed(() => {
      const { test } = read.value.mistake === undefined ? testOf(withStates(q.value, []), rows) : { test: undefined };
      lastCounts = test === undefined ? lastCounts : countsOf(rows, all.filter(test));
      return lastCounts;
    }),
    go(change, replaces = false) {
      place.value = { ...place.value, ...change };
      write(fragmentOf(place.value), replaces);
    },
  };
}

function testOf(q: string, rows: ExportedRows): { test?: RowTest; mistake?: FilterMistake } {
  try {
    return { test: filterOf(q, rows) };
  } catch (mistake) {
    if (mistake instanceof FilterMistake) {
      return { mistake };
    }
    throw mistake;
  }
}

export function countsOf(rows: ExportedRows, selected: readonly number[]): Counts {
  const counts: Counts = {};
  for (const row of selected) {
    const phase = rows.phase(row);
    counts[phase] = (counts[phase] ?? 0) + 1;
  }
  return counts;
}

export const ModelContext = createContext<Model | undefined>(undefined);

export function useModel(): Model {
  const model = useContext(ModelContext);
  if (model === undefined) {
    throw new Error("A component of an export is outside of it");
  }
  return model;
}
