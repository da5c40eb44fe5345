import { selectionOf } from "../../address/job";
import type { JobView } from "../../address/view";
import { JobName } from "../../part/JobName";
import { Link } from "../../part/Link";
import { Time } from "../../part/Time";
import { counted } from "../../part/words";
import type { JobAnswer, JobLink } from "../../wire/types";

/** Jobs of each kind that are named; the list of jobs shows all. */
const NAMED = 6;
/** The server names no more of a kind, so that there may be others. */
const SENT = 200;

/** The jobs that a job needs, and those that need it. */
export function Lineage({ view, answer }: { view: JobView; answer: JobAnswer }) {
  return (
    <section aria-label="Lineage">
      <div class="section-head">
        <h2>Lineage</h2>
        <span class="end faint small">
          <Link to={{ screen: "graph", ...selectionOf(view), around: answer.job.job }}>
            graph <kbd>g g</kbd>
          </Link>
        </span>
      </div>
      <Jobs title="Needs" jobs={answer.dependencies} view={view} none="no other job" />
      <Jobs title="Needed by" jobs={answer.dependents} view={view} none="no other job" />
      {answer.announced.length === 0 ? null : (
        <div class="lineage">
          <h3>Announced</h3>
          <ul aria-label="Announced">
            {answer.announced.toReversed().map(({ name, output, at }) => (
              <li key={name}>
                <span class="cut" title={output}>
                  {name} <span class="mono faint">{output}</span>
                </span>
                <Time at={at} class="faint small" />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Jobs({ title, jobs, view, none }: { title: string; jobs: readonly JobLink[]; view: JobView; none: string }) {
  return (
    <div class="lineage">
      <h3>{title}</h3>
      <ul aria-label={title}>
        {jobs.length === 0 && <li class="faint">{none}</li>}
        {jobs.slice(0, NAMED).map((job) => (
          <li key={job.job}>
            <JobName job={job} list={view} />
            <span class="faint small">{job.state}</span>
          </li>
        ))}
        {jobs.length > NAMED && <li class="soft">and {jobs.length < SENT ? "" : "at least "}{counted(jobs.length - NAMED, "more job")}</li>}
      </ul>
    </div>
  );
}
