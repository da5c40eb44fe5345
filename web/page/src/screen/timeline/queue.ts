import type { TimelineAnswer } from "../../wire/types";
import type { Scale } from "../../figure/scale";

export interface QueuePicture {
  area: string; // the path of the filled area
  line: string;
  most: number;
}

/** Returns the number of waiting jobs over time as an area of steps, between the places `base` and `top`. */
export function queuePicture(queue: TimelineAnswer["queue"], scale: Scale, until: number, base: number, top: number): QueuePicture {
  const end = Math.min(scale.to, until);
  const changes = queue.map((change) => ({ at: Date.parse(change.at), waiting: change.waiting })).filter((change) => change.at <= end);
  const before = changes.findLast((change) => change.at <= scale.from);
  const shown = changes.filter((change) => change.at > scale.from);
  const most = shown.reduce((sum, change) => Math.max(sum, change.waiting), before?.waiting ?? 0);
  const height = (waiting: number): string => fixed(most === 0 ? base : base - (waiting / most) * (base - top));
  const begin = before === undefined ? (shown[0]?.at ?? end) : scale.from;
  let line = `M${fixed(scale.at(begin))} ${height(before?.waiting ?? 0)}`;
  let last = -Infinity;
  for (const change of shown) {
    const x = scale.at(change.at);
    // Changes within half a pixel are one step: a queue of thousands is a picture of as many steps as there are pixels.
    line += x - last < 0.5 ? `V${height(change.waiting)}` : `H${fixed(x)}V${height(change.waiting)}`;
    last = x - last < 0.5 ? last : x;
  }
  line += `H${fixed(scale.at(Math.max(begin, end)))}`;
  return { line, area: `${line}V${fixed(base)}H${fixed(scale.at(begin))}Z`, most };
}

function fixed(place: number): string {
  return String(Math.round(place * 10) / 10);
}
