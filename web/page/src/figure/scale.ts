/** Maps numbers to places of a picture in a straight line. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  at(value: number): number;
  valueAt(place: number): number;
}

/** Returns the scale that maps `from` to the place `low`, and `to` to the place `high`. */
export function linear(from: number, to: number, low: number, high: number): Scale {
  const width = to - from;
  return {
    from,
    to,
    at: (value) => (width === 0 ? (low + high) / 2 : low + ((value - from) / width) * (high - low)),
    valueAt: (place) => (high === low ? from : from + ((place - low) / (high - low)) * width),
  };
}

/** Returns the least and the greatest of numbers, a little apart if they are equal; undefined if there is none. */
export function extentOf(values: Iterable<number>): [least: number, most: number] | undefined {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (Number.isFinite(value)) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  if (least > most) {
    return undefined;
  }
  if (least === most) {
    const apart = least === 0 ? 1 : Math.abs(least) * 0.1;
    return [least - apart, most + apart];
  }
  return [least, most];
}

/**
 * Returns places at least `gap` apart, as near to the wanted ones as a pass down and a pass up can make them, between
 * `low` and `high` as far as they fit: for the labels at the ends of lines.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const places = [...wanted];
  let free = low;
  for (const index of order) {
    places[index] = Math.max(places[index] ?? 0, free);
    free = (places[index] ?? 0) + gap;
  }
  free = Math.max(high, low + gap * (wanted.length - 1));
  for (const index of order.toReversed()) {
    places[index] = Math.min(places[index] ?? 0, free);
    free = (places[index] ?? 0) - gap;
  }
  return places;
}
