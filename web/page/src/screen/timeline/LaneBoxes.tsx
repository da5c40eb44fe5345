import { partsOf } from "../../address/job";
import { useEffect, useRef } from "preact/hooks";
import { counted, countsText, sumOf } from "../../part/words";
import { useStore } from "../../store/use";
import { countsOf, isBad, type Box } from "./bars";
import { paintBoxes } from "./canvas";
import { verticalOf, type Lane } from "./lanes";

/** From so many boxes on, a canvas is faster than elements. */
export const CANVAS_FROM = 500;

interface Properties {
  lanes: readonly Lane[];
  width: number;
  height: number;
  critical: ReadonlySet<string>;
}

/** The boxes of all lanes, below the words and the cursor. */
export function LaneBoxes(properties: Properties) {
  const count = properties.lanes.reduce((sum, lane) => sum + lane.boxes.length, 0);
  return count < CANVAS_FROM ? <BoxElements {...properties} /> : <BoxCanvas {...properties} />;
}

function BoxElements({ lanes, width, height, critical }: Properties) {
  return (
    <svg class="timeline-boxes" width={width} height={height} aria-hidden="true">
      {lanes.flatMap((lane) =>
        lane.boxes.map((box) => {
          const { y, height: tall } = verticalOf(lane, box);
          const isCritical = box.bars.some((bar) => critical.has(bar.job.job));
          const middle = box.x + box.width / 2;
          return (
            <g key={`${lane.label} ${box.row} ${box.bars[0]?.from}`}>
              <rect class={`box is-${box.state}${isCritical ? " is-critical" : ""}`} x={box.x + 0.5} y={y + 0.5} width={Math.max(1, box.width - 1.5)} height={tall}>
                <title>{titleOf(box)}</title>
              </rect>
              {isBad(box.state) && box.width >= 12 && tall >= 10 ? <path class="cross" d={`M${middle - 3} ${y + tall / 2 - 3}l6 6M${middle + 3} ${y + tall / 2 - 3}l-6 6`} /> : null}
              {sumOf(countsOf(box)) > 1 && box.width > 48 && tall >= 12 ? (
                <text class="strong" x={middle} y={y + tall / 2 + 4} text-anchor="middle">
                  {counted(sumOf(countsOf(box)), "job")}
                </text>
              ) : null}
            </g>
          );
        }),
      )}
    </svg>
  );
}

function BoxCanvas({ lanes, width, height, critical }: Properties) {
  const store = useStore();
  const place = useRef<HTMLCanvasElement>(null);
  const isDark = store.preferences.isDark.value;
  useEffect(() => {
    if (place.current !== null) {
      paintBoxes(place.current, lanes, width, height, critical);
    }
  }, [lanes, width, height, isDark]);
  return <canvas class="timeline-boxes" ref={place} aria-hidden="true" />;
}

/** Returns the words of a box: its job, or how many there are. */
export function titleOf(box: Box): string {
  const counts = countsOf(box);
  const first = box.bars[0];
  return sumOf(counts) === 1 && first !== undefined
    ? `${partsOf(first.job.job).type} ${first.job.shortId}, ${box.state}`
    : `${counted(sumOf(counts), "job")}: ${countsText(counts)}`;
}
