import { jobOf, partsOf, selectionOf } from "../../address/job";
import { useState } from "preact/hooks";
import type { TimelineView } from "../../address/view";
import { Link } from "../../part/Link";
import { StateGlyph } from "../../part/StateGlyph";
import { TagList } from "../../part/TagList";
import { Time } from "../../part/Time";
import { counted, durationText, numberText } from "../../part/words";
import type { TimelineAnswer } from "../../wire/types";
import { endOf, keyOf } from "./bars";

const PAGE = 200;

/** The attempts of the timeline as a table, in the order of their beginning. */
export function TimelineTable({ answer, view, now }: { answer: TimelineAnswer; view: TimelineView; now: number }) {
  const [from, setFrom] = useState(0);
  const all = answer.lanes
    .flatMap((lane) => lane.bars.map((bar) => ({ lane: lane.label, bar })))
    .sort((a, b) => Date.parse(a.bar.from) - Date.parse(b.bar.from));
  const begin = Math.min(from, Math.max(0, all.length - 1));
  const critical = new Set(answer.critical.map((step) => step.job.job));
  return (
    <div class="inset scroll">
      <table class="timeline-table">
        <caption class="unseen">{counted(all.length, "attempt")} by the time of their beginning</caption>
        <thead>
          <tr>
            {["Job", "Tags", "Where", "Began", "Waited", "Ran", "Critical path"].map((name, index) => (
              <th key={name} scope="col" class={index === 4 || index === 5 ? "number" : ""}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {all.slice(begin, begin + PAGE).map(({ lane, bar }) => (
            <tr key={keyOf(bar)}>
              <th scope="row" class="one-line">
                <StateGlyph state={bar.job.state} named />{" "}
                <Link to={jobOf(selectionOf(view), bar.job.job)}>
                  {partsOf(bar.job.job).type} <span class="mono faint">{bar.job.shortId}</span>
                </Link>
              </th>
              <td>
                <TagList tags={bar.job.tags} most={6} />
              </td>
              <td>{lane}</td>
              <td>
                <Time at={bar.from} />
              </td>
              <td class="number">{bar.queued === undefined ? "" : durationText((Date.parse(bar.from) - Date.parse(bar.queued)) / 1000)}</td>
              <td class="number">{durationText((endOf(bar, now) - Date.parse(bar.from)) / 1000)}</td>
              <td>{critical.has(bar.job.job) ? "yes" : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {all.length <= PAGE ? null : (
        <div class="tools">
          <button type="button" class="button" disabled={begin === 0} onClick={() => setFrom(Math.max(0, begin - PAGE))}>
            Earlier
          </button>
          <span class="soft">
            {numberText(begin + 1)} to {numberText(Math.min(begin + PAGE, all.length))} of {numberText(all.length)}
          </span>
          <button type="button" class="button" disabled={begin + PAGE >= all.length} onClick={() => setFrom(begin + PAGE)}>
            Later
          </button>
        </div>
      )}
    </div>
  );
}
