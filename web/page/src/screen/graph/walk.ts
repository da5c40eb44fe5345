import type { Place } from "./layout";

export type Way = "left" | "right" | "up" | "down";

/**
 * Returns the group beside another one: to the left what it needs, to the right what needs it, above and below those of
 * its column. Without an arrow to follow, left and right lead to the nearest group on that side.
 */
export function beside(edges: readonly { from: string; to: string }[], places: Record<string, Place>, at: string | undefined, way: Way): string | undefined {
  const here = at === undefined ? undefined : places[at];
  const all = Object.entries(places);
  if (here === undefined) {
    return all.sort(([, a], [, b]) => a.x - b.x || a.y - b.y)[0]?.[0];
  }
  const far = ([, place]: [string, Place]): number => Math.abs(place.x - here.x) + Math.abs(place.y - here.y);
  const nearest = (candidates: [string, Place][]): string | undefined => candidates.sort((a, b) => far(a) - far(b))[0]?.[0];
  if (way === "up" || way === "down") {
    const side = way === "up" ? -1 : 1;
    return nearest(all.filter(([, place]) => Math.abs(place.x - here.x) < COLUMN && (place.y - here.y) * side > 0)) ?? at;
  }
  const joined = new Set(edges.flatMap(({ from, to }) => (way === "right" && from === at ? [to] : way === "left" && to === at ? [from] : [])));
  const side = way === "left" ? -1 : 1;
  return nearest(all.filter(([key]) => joined.has(key))) ?? nearest(all.filter(([, place]) => (place.x - here.x) * side > COLUMN)) ?? at;
}

/** Groups whose left edges are nearer than this stand in one column. */
const COLUMN = 60;
