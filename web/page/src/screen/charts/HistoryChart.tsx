import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useWidth } from "../../part/useWidth";
import { counted, metricText, numberText } from "../../part/words";
import { useStore } from "../../store/use";
import type { HistoryAnswer } from "../../wire/types";
import { aligned, labelsOf, type Aligned } from "./history";
import { plotOf, type Plot } from "./plot";

const READ = 8; // lines whose values are told at the pointer

/** A metric over time: a line for each job, which grows while the job runs. */
export function HistoryChart({ answer }: { answer: HistoryAnswer }) {
  const store = useStore();
  const [place, width] = useWidth<HTMLDivElement>(800);
  const plot = useRef<Plot | undefined>(undefined);
  const latest = useRef({ data: [[]] as Aligned, width });
  const [pointed, setPointed] = useState<number | undefined>(undefined);
  const data = useMemo(() => aligned(answer.lines, width), [answer, width]);
  const labels = useMemo(() => labelsOf(answer.lines), [answer]);
  latest.current = { data, width };
  const jobs = answer.lines.map((line) => line.job.job).join(" ");
  const isDark = store.preferences.isDark.value;

  // Another set of lines, or another theme, is another plot; more points of the same lines are not.
  useEffect(() => {
    const element = place.current;
    if (element === null) {
      return undefined;
    }
    let isGone = false;
    void import("uplot").then(({ default: UPlot }) => {
      if (!isGone) {
        plot.current = plotOf(UPlot, element, answer, labels, latest.current.data, latest.current.width, setPointed);
      }
    });
    return () => {
      isGone = true;
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [jobs, answer.metric, answer.x, isDark]);
  useEffect(() => plot.current?.setData(data), [data]);
  useEffect(() => plot.current?.setWidth(width), [width]);

  return (
    <figure class="figure inset">
      <figcaption class="soft small">
        {answer.metric} by {answer.x}
        {answer.lineTotal > answer.lines.length ? `. ${counted(answer.lines.length, "line")} of ${numberText(answer.lineTotal)}: a filter chooses others.` : "."}
      </figcaption>
      <div class="history" ref={place} role="img" aria-label={`${answer.metric} by ${answer.x}: ${counted(answer.lines.length, "line")}. "As table" reads the same.`} />
      <Readout data={data} labels={labels} index={pointed} x={answer.x} />
    </figure>
  );
}

/** The values at the pointer; its place is kept while there is none. */
function Readout({ data, labels, index, x }: { data: Aligned; labels: readonly string[]; index: number | undefined; x: string }) {
  const [places, ...lines] = data;
  const at = index === undefined ? undefined : places[index];
  if (index === undefined || at === undefined) {
    return <p class="readout faint small">Point at the picture to read its values.</p>;
  }
  const told = lines.map((line, number) => ({ number, label: labels[number] ?? "", value: line[index] ?? null })).filter((one) => one.value !== null);
  return (
    <p class="readout small">
      <b>
        {x} {metricText(at)}
      </b>
      {told.slice(0, READ).map((one) => (
        <span key={one.number} class={`series-${(one.number % 5) + 1}`}>
          <i class="soft">{one.label}</i> {metricText(one.value)}
        </span>
      ))}
      {told.length > READ ? <span class="faint">and {told.length - READ} more</span> : null}
    </p>
  );
}
