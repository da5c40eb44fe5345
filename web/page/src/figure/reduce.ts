export type Point = readonly [x: number, y: number];

/**
 * Returns the points of a line that a picture of so many columns can show: the first, the least, the greatest and the
 * last of each column, in their order. A single high or low value is never lost, as it would be in means.
 */
export function reduced(points: readonly Point[], columns: number): Point[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length <= columns * 4 || columns < 1) {
    return [...points];
  }
  const width = (last[0] - first[0]) / columns;
  const kept: Point[] = [];
  let begin = 0;
  for (let column = 1; begin < points.length; column++) {
    const limit = column >= columns ? Infinity : first[0] + column * width;
    let end = begin;
    while (end < points.length && ((points[end] as Point)[0] < limit || limit === Infinity)) {
      end++;
    }
    kept.push(...ofColumn(points, begin, end));
    begin = end;
  }
  return kept;
}

function ofColumn(points: readonly Point[], begin: number, end: number): Point[] {
  if (end <= begin) {
    return [];
  }
  let least = begin;
  let most = begin;
  for (let index = begin; index < end; index++) {
    const y = (points[index] as Point)[1];
    least = y < (points[least] as Point)[1] ? index : least;
    most = y > (points[most] as Point)[1] ? index : most;
  }
  const chosen = [...new Set([begin, least, most, end - 1])].sort((a, b) => a - b);
  return chosen.map((index) => points[index] as Point);
}
