import { jobOf, partsOf, selectionOf } from "../../address/job";
import type { ChartsView } from "../../address/view";
import { Link } from "../../part/Link";
import { StateGlyph } from "../../part/StateGlyph";
import { TagList } from "../../part/TagList";
import { metricText, numberText } from "../../part/words";
import type { HistoryAnswer } from "../../wire/types";
import { extremesOf } from "./history";

/** A metric over time as numbers: how each job began, its extremes, and where it is. */
export function HistoryTable({ answer, view }: { answer: HistoryAnswer; view: ChartsView }) {
  return (
    <div class="inset scroll">
      <table>
        <caption class="unseen">{answer.metric} of each job</caption>
        <thead>
          <tr>
            <th scope="col">Job</th>
            <th scope="col">Tags</th>
            {["First", "Least", "Most", "Last", `At ${answer.x}`, "Values"].map((name) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.lines.map(({ job, points }) => {
            const values = points.map((point) => point[1]);
            const [least, most] = extremesOf(values);
            return (
              <tr key={job.job}>
                <th scope="row" class="one-line">
                  <StateGlyph state={job.state} named />{" "}
                  <Link to={jobOf(selectionOf(view), job.job)}>
                    {partsOf(job.job).type} <span class="mono faint">{job.shortId}</span>
                  </Link>
                </th>
                <td>
                  <TagList tags={job.tags} most={6} />
                </td>
                {[values[0], least, most, values.at(-1)].map((value, index) => (
                  <td key={index} class="number mono">
                    {metricText(value)}
                  </td>
                ))}
                <td class="number mono">{metricText(points.at(-1)?.[0])}</td>
                <td class="number">{numberText(points.length)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
