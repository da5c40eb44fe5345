import type { Store } from "../../store/store";
import { rowsQuestion } from "../../wire/questions";
import type { Row, RowsAnswer } from "../../wire/types";
import type { GridPlace } from "./gridKeys";
import { PAGE } from "./shown";

/** So many jobs can be selected one by one: their identifiers stand in the address. */
export const MOST_SELECTED = 1000;

/** Returns the short identifiers of the jobs between two lines, and of groups there; undefined if they are too many. */
export async function idsBetween(store: Store, place: GridPlace, first: number, last: number): Promise<string[] | undefined> {
  const places = placesBetween(place, first, last);
  if (places.length > MOST_SELECTED) {
    return undefined;
  }
  const read = reader(store, place);
  const ids = new Set<string>();
  for (const { group, index } of places) {
    const row = place.rows.find(group, index) ?? (await read(group, index));
    if (row !== undefined) {
      ids.add(row.shortId);
    }
  }
  return [...ids];
}

function placesBetween({ layout, isOpen }: GridPlace, first: number, last: number): { group: string | undefined; index: number }[] {
  const places: { group: string | undefined; index: number }[] = [];
  for (let at = first; at <= last && places.length <= MOST_SELECTED; at++) {
    const line = layout.at(at);
    if (line?.kind === "job") {
      places.push({ group: line.group?.key, index: line.index });
    } else if (line?.kind === "group" && line.group.isLeaf && !(isOpen(line.group.key) && last > at)) {
      // A group stands for its jobs, unless these are in the range themselves.
      const size = Math.min(line.group.size, MOST_SELECTED + 1);
      places.push(...Array.from({ length: size }, (_, index) => ({ group: line.group.key, index })));
    }
  }
  return places;
}

/** Returns a function that reads the page of a row once. */
function reader(store: Store, { shown }: GridPlace): (group: string | undefined, index: number) => Promise<Row | undefined> {
  const pages = new Map<string, Promise<RowsAnswer>>();
  return async (group, index) => {
    const question = rowsQuestion(shown.asked, shown.answer?.by ?? [], group, index - (index % PAGE), PAGE);
    const page = pages.get(question) ?? store.host.ask<RowsAnswer>(question, new AbortController().signal);
    pages.set(question, page);
    return (await page).rows[index % PAGE];
  };
}
