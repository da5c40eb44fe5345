import { reduced, type Point } from "../../figure/reduce";
import { valueNamed, valueOf } from "../../part/words";
import type { HistoryAnswer } from "../../wire/types";

/** Lines on one axis: the places of all points, and for each line its values there; `null` where it has none. */
export type Aligned = [x: number[], ...lines: (number | null)[][]];

/** Returns the lines of an answer on one axis, each reduced to what so many columns can show. */
export function aligned(lines: HistoryAnswer["lines"], columns: number): Aligned {
  const shown = lines.map((line) => reduced(line.points as Point[], Math.max(50, Math.floor(columns / 2))));
  const places = [...new Set(shown.flatMap((points) => points.map((point) => point[0])))].sort((a, b) => a - b);
  const index = new Map(places.map((place, at) => [place, at]));
  return [
    places,
    ...shown.map((points) => {
      const values = new Array<number | null>(places.length).fill(null);
      for (const [x, y] of points) {
        values[index.get(x) ?? 0] = Number.isFinite(y) ? y : null;
      }
      return values;
    }),
  ];
}

/** Returns what distinguishes each job from the others: the tags whose values differ; its identifier if none does. */
export function labelsOf(lines: HistoryAnswer["lines"]): string[] {
  const names = [...new Set(lines.flatMap((line) => Object.keys(line.job.tags)))];
  const differing = names.filter((name) => new Set(lines.map((line) => valueOf(valueNamed(line.job.tags, name)))).size > 1);
  return lines.map(({ job }) => {
    const tags = differing.filter((name) => Object.hasOwn(job.tags, name)).map((name) => `${name}=${valueOf(job.tags[name])}`);
    return tags.length === 0 ? job.shortId : tags.join(" ");
  });
}

/** Returns the least and the most of values, of those that are numbers; none of none. */
export function extremesOf(values: readonly number[]): [least?: number, most?: number] {
  const finite = values.filter((value) => Number.isFinite(value));
  return finite.length === 0 ? [] : [Math.min(...finite), Math.max(...finite)];
}
