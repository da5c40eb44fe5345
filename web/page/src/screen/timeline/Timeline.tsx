import { useState } from "preact/hooks";
import type { TimelineView } from "../../address/view";
import { AsTable } from "../../part/AsTable";
import { Empty, Reading } from "../../part/Empty";
import { ProblemNote } from "../../part/ProblemNote";
import { Select } from "../../part/Select";
import { useNow } from "../../part/useNow";
import { durationText } from "../../part/words";
import { useAnswer, useStore } from "../../store/use";
import { timelineQuestion } from "../../wire/figures";
import type { TimelineAnswer } from "../../wire/types";
import { keyOf } from "./bars";
import { whatIf } from "./forecast";
import { piecesOf, waitingShare } from "./critical";
import { CursorBar } from "./CursorBar";
import { spanOf, wholeSpan, zoomed, type Span } from "./span";
import { TimelineKeys } from "./TimelineKeys";
import { TimelinePicture } from "./TimelinePicture";
import { TimelineTable } from "./TimelineTable";
import "./timeline.css";

const LANES = ["host", "type", "launcher", "experiment"];
const HOUR = 3_600_000;

/** What ran when and where: the critical path, the queue, and a lane for each host. */
export function Timeline() {
  const store = useStore();
  const view = store.view.value as TimelineView;
  const question = timelineQuestion(view);
  const { value, problem } = useAnswer<TimelineAnswer>(question);
  const runs = value?.lanes.some((lane) => lane.bars.some((bar) => bar.to === undefined)) ?? false;
  const now = useNow(2000, runs);
  const [cursor, setCursor] = useState<string | undefined>(undefined);
  if (value === undefined) {
    return problem === undefined ? <Reading what="the timeline" /> : <ProblemNote problem={problem} again={question} />;
  }
  if (value.lanes.every((lane) => lane.bars.length === 0)) {
    return (
      <Empty title="None of these jobs has begun">
        <p>A job has its bar as soon as its first attempt begins.</p>
      </Empty>
    );
  }
  const whole = wholeSpan(value, now);
  const span = spanOf(whole, view.from, view.to);
  const show = (next: Span): void => {
    const { from: _from, to: _to, ...rest } = view;
    const isWhole = next.to - next.from >= (whole.to - whole.from) * 0.999;
    store.replace(isWhole ? rest : { ...rest, from: new Date(next.from).toISOString(), to: new Date(next.to).toISOString() });
  };
  const attempt = value.lanes.flatMap((lane) => lane.bars).find((bar) => keyOf(bar) === cursor);
  return (
    <section aria-label="Timeline" class="timeline">
      <Head answer={value} whole={whole} span={span} show={show} view={view} now={now} />
      {problem === undefined ? null : <ProblemNote problem={problem} again={question} />}
      {view.as === "table" ? (
        <TimelineTable answer={value} view={view} now={now} />
      ) : (
        <>
          <TimelinePicture answer={value} now={now} whole={whole} span={span} show={show} cursor={cursor} setCursor={setCursor} />
          <TimelineKeys />
          {attempt === undefined ? null : <CursorBar bar={attempt} lane={value.lanes.find((lane) => lane.bars.includes(attempt))?.label ?? ""} view={view} now={now} />}
        </>
      )}
    </section>
  );
}

interface HeadProperties {
  answer: TimelineAnswer;
  whole: Span;
  span: Span;
  show: (span: Span) => void;
  view: TimelineView;
  now: number;
}

function Head({ answer, whole, span, show, view, now }: HeadProperties) {
  const store = useStore();
  const pieces = piecesOf(answer);
  const waiting = Math.round(waitingShare(pieces) * 100);
  const runs = answer.lanes.some((lane) => lane.bars.some((bar) => bar.to === undefined));
  const begin = answer.from === undefined ? whole.from : Date.parse(answer.from);
  const end = runs || answer.to === undefined ? now : Date.parse(answer.to);
  const lengths: [string, number][] = [["All", Infinity], ["1 h", HOUR], ["15 min", HOUR / 4]];
  const length = span.to - span.from;
  return (
    <div class="head">
      <div>
        <h1>
          {durationText(Math.max(0, end - begin) / 1000)} from first to last
          {pieces.length === 0 ? null : <span> · {waiting} % of the critical path is waiting</span>}
        </h1>
        {answer.forecast === undefined ? null : <p class="soft small">{whatIf(answer.forecast)}</p>}
      </div>
      <div class="end">
        <Select label="Lanes by" value={view.lanes ?? "host"} options={LANES} set={(lanes) => store.go(lanes === "host" ? without(view, "lanes") : { ...view, lanes })} />
        <span class="segments" role="group" aria-label="Zoom">
          <button type="button" aria-label="Farther" onClick={() => show(zoomed(whole, span, length * 2))}>
            −
          </button>
          {lengths.map(([words, wanted]) => {
            const is = Math.abs(length - Math.min(wanted, whole.to - whole.from)) < 1000 && (wanted === Infinity || wanted < whole.to - whole.from);
            return (
              <button key={words} type="button" aria-pressed={is} onClick={() => show(zoomed(whole, span, wanted, span.to))}>
                {words}
              </button>
            );
          })}
          <button type="button" aria-label="Closer" onClick={() => show(zoomed(whole, span, length / 2))}>
            +
          </button>
        </span>
        <AsTable isTable={view.as === "table"} set={(isTable) => store.go(isTable ? { ...view, as: "table" } : without(view, "as"))} />
      </div>
    </div>
  );
}

function without(view: TimelineView, name: "lanes" | "as"): TimelineView {
  const { [name]: _left, ...rest } = view;
  return rest;
}
