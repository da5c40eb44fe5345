import { useState } from "preact/hooks";
import type { CompareView } from "../../address/view";
import { JobName } from "../../part/JobName";
import { TagList } from "../../part/TagList";
import { counted, durationText } from "../../part/words";
import type { CompareAnswer, CompareSection, JobLink } from "../../wire/types";
import { differenceOf, SECTIONS } from "./words";

interface Props {
  view: CompareView;
  answer: CompareAnswer;
  base: number;
  onBase: (index: number) => void;
  onRemove: (job: JobLink) => void;
}

/** What differs, a column for each job. A value that is not that of the base is marked. */
export function CompareTable({ view, answer, base, onBase, onRemove }: Props) {
  const selection = view.scope === undefined ? {} : { scope: view.scope };
  return (
    <div class="scroll">
      <table class="compare-table">
        <thead>
          <tr>
            <td />
            {answer.jobs.map((job, index) => (
              <th scope="col" key={job.job}>
                <JobName job={job} list={selection} />
                <span class="compare-job">
                  {index === base ? (
                    <span class="faint">base</span>
                  ) : (
                    <button class="as-link" onClick={() => onBase(index)}>
                      make base
                    </button>
                  )}
                  {answer.jobs.length > 2 && (
                    <button class="as-link" onClick={() => onRemove(job)} aria-label={`Leave out ${job.shortId}`}>
                      leave out
                    </button>
                  )}
                </span>
                <TagList tags={job.tags} />
                <span class="faint small compare-ran">
                  {[job.host, job.seconds === undefined ? undefined : durationText(job.seconds)].filter(Boolean).join(", ")}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        {answer.sections.map((section) => (
          <Section key={section.name} section={section} columns={answer.jobs.length} base={base} same={answer.same} />
        ))}
      </table>
      {answer.sections.length === 0 && <p class="inset soft">Nothing that is known of these jobs differs.</p>}
    </div>
  );
}

function Section({ section, columns, base, same }: { section: CompareSection; columns: number; base: number; same: number }) {
  const { title, about } = SECTIONS[section.name];
  const count = section.rows.length;
  return (
    <tbody>
      <tr class="compare-section">
        <th colSpan={columns + 1} scope="colgroup">
          {title} <span>{section.name === "parameters" ? `${count} of ${count + same}` : [count, about].filter(Boolean).join(", ")}</span>
        </th>
      </tr>
      {section.rows.map((row) => (
        <tr key={row.name}>
          <th scope="row">
            {row.name}
            {section.name === "parameters" && !row.counts && <span class="faint small"> not counted</span>}
          </th>
          {row.values.map((value, index) => (
            <CompareCell key={index} value={value} base={row.values[base] ?? null} isMetric={section.name === "metrics"} />
          ))}
        </tr>
      ))}
    </tbody>
  );
}

/** Characters of a value that are shown before a reader asks for the rest. */
const LONG = 160;

function CompareCell({ value, base, isMetric }: { value: string | null; base: string | null; isMetric: boolean }) {
  const [isWhole, setWhole] = useState(false);
  const difference = isMetric ? differenceOf(value, base) : "";
  const isLong = value !== null && value.length > LONG;
  return (
    <td class={value === base || isMetric ? "mono" : "mono differs"}>
      {value === null ? <span class="faint">absent</span> : isLong && !isWhole ? value.slice(0, LONG) : value}
      {isLong && (
        <button class="as-link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? "less" : `… ${counted(value.length - LONG, "more character")}`}
        </button>
      )}
      {difference !== "" && <span class="compare-difference">{difference}</span>}
    </td>
  );
}
