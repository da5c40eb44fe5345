import { useWidth } from "../../part/useWidth";
import { counted } from "../../part/words";
import type { PointsAnswer } from "../../wire/types";
import { pointsPicture, type Dot, type Mark, type Series } from "./points";

const HEIGHT = 420;
const LEFT = 52;
const BOTTOM = 44;

/** A metric against a tag: a line for each series, labelled at its end. */
export function PointsChart({ answer }: { answer: PointsAnswer }) {
  const [place, width] = useWidth<HTMLDivElement>(800);
  const longest = answer.series.reduce((most, series) => Math.max(most, series.label.length), 0);
  const right = Math.max(LEFT + 100, width - Math.min(200, 24 + longest * 7));
  const { series, xTicks, yTicks } = pointsPicture(answer, { left: LEFT, right, top: 12, bottom: HEIGHT - BOTTOM });
  const n = Math.max(0, ...answer.series.flatMap((one) => one.points.map((point) => point.expected)));
  return (
    <figure class="figure inset" ref={place as preact.RefObject<HTMLElement>}>
      <figcaption class="soft small">
        {answer.metric} against {answer.x}
        {answer.over.length === 0 ? ". " : `, mean over ${answer.over.join(", ")}. `}
        {n > 1 ? `n = ${n}, unless it is said; means of fewer do not compare. ` : ""}
        {legendOf(answer)}
      </figcaption>
      <svg width={width} height={HEIGHT} role="img" aria-label={`${answer.metric} against ${answer.x}: ${counted(answer.series.length, "line")}. "As table" reads the same.`}>
        {yTicks.map((tick) => (
          <g key={tick.label}>
            <path class="axis" d={`M${LEFT} ${tick.at}H${right}`} />
            <text x={LEFT - 7} y={tick.at + 4} text-anchor="end">
              {tick.label}
            </text>
          </g>
        ))}
        <path class="axis strong" d={`M${LEFT} ${HEIGHT - BOTTOM}H${right}`} />
        {xTicks.map((tick) => (
          <text key={tick.label} x={tick.at} y={HEIGHT - BOTTOM + 17} text-anchor="middle">
            {tick.label}
          </text>
        ))}
        <text x={(LEFT + right) / 2} y={HEIGHT - 8} text-anchor="middle" class="strong">
          {answer.x}
        </text>
        {series.map((one) => (
          <Line key={one.label} series={one} />
        ))}
      </svg>
    </figure>
  );
}

/** Returns what the bars of the points reach from and to; nothing if each point is of one job. */
function legendOf(answer: PointsAnswer): string {
  const points = answer.series.flatMap((one) => one.points);
  const bars = points.some((point) => point.n > 1) ? "Bars reach from the least to the most value" : "";
  const unmarked = points.some((point) => point.mean === undefined) ? "without a mark, of jobs that differ in more than this" : "";
  return bars === "" ? "" : `${[bars, unmarked].filter(Boolean).join("; ")}.`;
}

function Line({ series }: { series: Series }) {
  const cut = series.label.length > 26 ? `${series.label.slice(0, 25)}…` : series.label;
  return (
    <g class={`series series-${(series.index % 5) + 1}`}>
      {series.strokes.map((stroke) => (
        <path key={stroke.path} class="series-line" d={stroke.path} {...(stroke.isDashed ? { "stroke-dasharray": "4 3" } : {})} />
      ))}
      {series.dots.map((dot) => (
        <g key={dot.x}>
          <path class="series-bar" d={`M${dot.x} ${dot.low}V${dot.high}`} />
          {dot.y === undefined ? <Ends dot={dot} /> : <Marked mark={series.mark} x={dot.x} y={dot.y} />}
          {dot.isPartial ? (
            <text x={dot.x} y={(dot.y ?? dot.low) + 17} text-anchor="middle">
              n = {dot.n}
            </text>
          ) : null}
        </g>
      ))}
      <text class="series-label" x={series.labelX + 8} y={series.labelY + 4}>
        {cut}
        <title>{series.label}</title>
      </text>
    </g>
  );
}

/** Least and most, where the jobs are no replicates of each other. */
function Ends({ dot: { x, low, high } }: { dot: Dot }) {
  return <path class="series-mark" d={`M${x - 3} ${low}h6M${x - 3} ${high}h6`} />;
}

function Marked({ mark, x, y }: { mark: Mark; x: number; y: number }) {
  switch (mark) {
    case "circle":
      return <circle class="series-mark" cx={x} cy={y} r="3.4" />;
    case "square":
      return <path class="series-mark" d={`M${x - 3} ${y - 3}h6v6h-6z`} />;
    case "triangle":
      return <path class="series-mark" d={`M${x} ${y - 4}l4 7h-8z`} />;
    case "diamond":
      return <path class="series-mark" d={`M${x} ${y - 4}l4 4-4 4-4-4z`} />;
    case "none":
      return <circle class="series-mark" cx={x} cy={y} r="1" />;
  }
}
