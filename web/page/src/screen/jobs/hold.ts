import type { Group, Row } from "../../wire/types";

/** What stays in its place under the hand of the reader, with the news of what is there. */
export interface Held<T> {
  shown: readonly T[];
  changes: number; // entries that would come, go or move
}

/** Returns entries in their former places with their new contents, and the number of those that are elsewhere now. */
function hold<T>(former: readonly T[], latest: readonly T[], keyOf: (entry: T) => string, merge: (former: T, latest: T) => T): Held<T> {
  const byKey = new Map(latest.map((entry) => [keyOf(entry), entry]));
  let changes = Math.max(0, latest.length - former.length);
  const shown = former.map((entry, index) => {
    const now = latest[index];
    if (now === undefined || keyOf(now) !== keyOf(entry)) {
      changes++;
    }
    const same = byKey.get(keyOf(entry));
    return same === undefined ? entry : merge(entry, same);
  });
  return { shown, changes };
}

/** Returns rows that keep their places. A job has a row for each set of its tags. */
export function holdRows(former: readonly Row[], latest: readonly Row[]): Held<Row> {
  return hold(former, latest, (row) => JSON.stringify([row.job, row.tags]), (_, now) => now);
}

/** Returns groups that keep their places and the number of their lines. */
export function holdGroups(former: readonly Group[], latest: readonly Group[]): Held<Group> {
  const held = hold(former, latest, (group) => group.key, (then, now) => (then.size === now.size ? now : { ...now, size: then.size }));
  const sizes = new Map(latest.map((group) => [group.key, group.size]));
  const grown = former.filter((group) => (sizes.get(group.key) ?? group.size) !== group.size).length;
  return { shown: held.shown, changes: held.changes + grown };
}
