import { jobOf, selectionOf } from "../../address/job";
import { linear } from "../../figure/scale";
import { timeTicks } from "../../figure/ticks";
import { useKeys } from "../../keys/use";
import { useWidth } from "../../part/useWidth";
import { clockText, counted, sumOf } from "../../part/words";
import { useStore } from "../../store/use";
import { filterOf, type TimelineView } from "../../address/view";
import type { TimelineAnswer } from "../../wire/types";
import { boxOf, countsOf, keyOf, type Box } from "./bars";
import { CriticalPath } from "./CriticalPath";
import { LaneBoxes } from "./LaneBoxes";
import { bottomOf, boxAt, lanesOf, neighbour, verticalOf, type Direction } from "./lanes";
import { queuePicture } from "./queue";
import { moved, showing, zoomed, type Span } from "./span";

interface Properties {
  answer: TimelineAnswer;
  now: number;
  whole: Span;
  span: Span;
  show: (span: Span) => void;
  cursor: string | undefined;
  setCursor: (key: string | undefined) => void;
}

/** The places of the parts of the picture, from above. */
const LEFT = 118; // of the words
const CRITICAL = 32;
const QUEUE_TOP = 104;
const QUEUE_BASE = 158;
const LANES_TOP = 190;
const LEAST_WIDTH = 640;

/** The timeline to scale. One place takes the focus, and keys move a cursor in it. */
export function TimelinePicture({ answer, now, whole, span, show, cursor, setCursor }: Properties) {
  const store = useStore();
  const [place, outer] = useWidth<HTMLDivElement>(1200);
  const width = Math.max(LEAST_WIDTH, outer);
  const scale = linear(span.from, span.to, LEFT, width);
  const lanes = lanesOf(answer, scale, now, LANES_TOP);
  const height = bottomOf(lanes, LANES_TOP);
  const boxes = lanes.flatMap((lane) => lane.boxes);
  const at = boxOf(boxes, cursor);
  const queue = queuePicture(answer.queue, scale, now, QUEUE_BASE, QUEUE_TOP);
  const waiting = answer.queue.at(-1)?.waiting ?? 0;
  const runs = answer.lanes.some((lane) => lane.bars.some((bar) => bar.to === undefined));

  function choose(box: Box | undefined): void {
    setCursor(box === undefined ? undefined : keyOf(box.bars[0]!));
  }

  function move(direction: Direction): void {
    // Time beyond the edge is shown when the cursor goes there: the boxes of the whole lead the way.
    const all = lanesOf(answer, linear(whole.from, whole.to, 0, (width - LEFT) * ((whole.to - whole.from) / (span.to - span.from))), now, LANES_TOP);
    const next = neighbour(all, boxOf(all.flatMap((lane) => lane.boxes), cursor), direction);
    choose(next);
    const bar = next?.bars[0];
    if (bar !== undefined) {
      show(showing(whole, span, { from: Date.parse(bar.from), to: Date.parse(bar.from) }));
    }
  }

  function open(box: Box | undefined): void | false {
    const view = store.view.peek() as TimelineView;
    if (box === undefined) {
      return false;
    }
    const bar = box.bars.find((one) => keyOf(one) === cursor) ?? box.bars[0]!;
    if (sumOf(countsOf(box)) === 1) {
      store.go(jobOf(selectionOf(view), bar.job.job));
    } else {
      show(zoomed(whole, span, (span.to - span.from) / 8, Date.parse(bar.from)));
    }
  }

  const length = span.to - span.from;
  useKeys({
    left: () => move("left"),
    right: () => move("right"),
    up: () => move("up"),
    down: () => move("down"),
    first: () => move("first"),
    last: () => move("last"),
    open: () => open(at),
    clear: () => (cursor === undefined ? false : setCursor(undefined)),
    zoomIn: () => show(zoomed(whole, span, length / 2, cursorTime(at))),
    zoomOut: () => show(zoomed(whole, span, length * 2, cursorTime(at))),
  });

  function cursorTime(box: Box | undefined): number | undefined {
    return box === undefined ? undefined : Date.parse(box.bars[0]!.from);
  }

  function pointed(event: MouseEvent): Box | undefined {
    const area = (event.currentTarget as Element).getBoundingClientRect();
    return boxAt(lanes, event.clientX - area.left, event.clientY - area.top);
  }

  function wheel(event: WheelEvent): void {
    const area = (event.currentTarget as Element).getBoundingClientRect();
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      show(zoomed(whole, span, length * (event.deltaY > 0 ? 1.25 : 0.8), scale.valueAt(event.clientX - area.left)));
    } else if (event.deltaX !== 0) {
      show(moved(whole, span, event.deltaX / (width - LEFT)));
    }
  }

  const nowAt = scale.at(now);
  const isNowShown = now >= span.from && now <= span.to;
  return (
    <div class="inset scroll" ref={place}>
      <div class="timeline-place" style={{ width: `${width}px`, height: `${height}px` }} onClick={(event) => choose(pointed(event))} onDblClick={(event) => open(pointed(event))} onWheel={wheel}>
        <LaneBoxes lanes={lanes} width={width} height={height} critical={new Set(answer.critical.map((step) => step.job.job))} />
        <svg class="timeline-svg" width={width} height={height} role="img" aria-label={spoken(answer, filterOf(store.view.value))}>
          <Patterns />
          {timeTicks(span.from, span.to, (width - LEFT) / 110).map((tick) => (
            <g key={tick.at}>
              <path class="axis" d={`M${scale.at(tick.at)} 20V${height}`} />
              {isNowShown && Math.abs(scale.at(tick.at) - nowAt) < 58 ? null : (
                <text x={scale.at(tick.at)} y="12" text-anchor="middle">
                  {tick.label}
                </text>
              )}
            </g>
          ))}
          {now < span.to && answer.forecast !== undefined ? <path class="future" d={`M${Math.max(LEFT, nowAt)} 20H${width}V${height}H${Math.max(LEFT, nowAt)}Z`} /> : null}
          <text class="strong" x="0" y="44">
            Critical path
          </text>
          <CriticalPath answer={answer} scale={scale} y={CRITICAL} now={now} />
          <text class="strong" x="0" y="112">
            Waiting
          </text>
          <text x="0" y="128">
            {runs ? `${waiting} now` : `${queue.most} at most`}
          </text>
          <path class="queue-area" d={queue.area} />
          <path class="queue-line" d={queue.line} />
          <path class="axis strong" d={`M0 ${QUEUE_BASE}H${width}`} />
          {queue.most === 0 ? null : (
            <text x={LEFT + 8} y={QUEUE_TOP - 6}>
              {counted(queue.most, "job")} waiting at most
            </text>
          )}
          {lanes.map((lane) => (
            <g key={lane.label}>
              <text class="strong" x="0" y={lane.y + 14}>
                {shortened(lane.label)}
                <title>{lane.label}</title>
              </text>
              <text x="0" y={lane.y + 30}>
                {lane.rows === 1 ? "1 at once" : `${lane.rows} at once`}
              </text>
              <path class="axis" d={`M0 ${lane.y + lane.height + 5}H${width}`} />
            </g>
          ))}
          {lanes.flatMap((lane) => lane.boxes.filter((box) => box === at).map((box) => <Cursor key="cursor" box={box} {...verticalOf(lane, box)} />))}
          {isNowShown && (runs || answer.forecast !== undefined) ? (
            <g>
              <path class="now" d={`M${nowAt} 16V${height}`} />
              <rect class="now-label" x={nowAt - 28} y="0" width="56" height="17" rx="4" />
              <text class="now-text" x={nowAt} y="12.5" text-anchor="middle">
                {clockText(new Date(now), true)}
              </text>
            </g>
          ) : null}
        </svg>
      </div>
    </div>
  );
}

function Cursor({ box, y, height }: { box: Box; y: number; height: number }) {
  return <rect class="timeline-cursor" x={box.x - 3} y={y - 3} width={box.width + 6} height={height + 6} rx="4" />;
}

function Patterns() {
  return (
    <defs>
      <pattern id="timeline-running" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(25)">
        <path class="running-soft" d="M0 0h6v6H0z" />
        <path class="running-ink" d="M0 0h2.6v6H0z" />
      </pattern>
      <pattern id="timeline-future" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path class="future-ink" d="M0 0h1v7H0z" />
      </pattern>
    </defs>
  );
}

function shortened(label: string): string {
  return label.length <= 17 ? label : `${label.slice(0, 16)}…`;
}

function spoken(answer: TimelineAnswer, q: string): string {
  const bars = answer.lanes.reduce((sum, lane) => sum + lane.bars.length, 0);
  const filter = q === "" ? "" : ` of ${q}`;
  return `Timeline${filter}: critical path of ${counted(answer.critical.length, "job")}, waiting jobs, then ${counted(bars, "attempt")} in ${counted(answer.lanes.length, "lane")}. "As table" reads the same.`;
}
