import type { Scope } from "../../address/view";
import { Link } from "../../part/Link";
import { Progress } from "../../part/Progress";
import { StateGlyph } from "../../part/StateGlyph";
import { TagList } from "../../part/TagList";
import { counted, shortDurationText } from "../../part/words";
import { useClock } from "../../part/clock";
import type { RunningJob } from "../../wire/types";

/** The jobs that run, those that run longest first. */
export function Running({ jobs, total, scope }: { jobs: readonly RunningJob[]; total: number; scope: Scope }) {
  return (
    <>
      <div class="section-head">
        <h2>Running</h2>
        <span class="faint">{total === 0 ? "none" : counted(total, "job")}</span>
        {total > jobs.length ? (
          <span class="end">
            <Link class="soft small" to={{ screen: "jobs", scope, q: "state=running" }}>
              All running jobs
            </Link>
          </span>
        ) : null}
      </div>
      <table class="running">
        <tbody>
          {jobs.map((job) => (
            <Line key={job.job} job={job} scope={scope} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Line({ job, scope }: { job: RunningJob; scope: Scope }) {
  const slash = job.job.lastIndexOf("/");
  const type = job.job.slice(0, slash);
  return (
    <tr title={job.doing ?? ""}>
      <td class="of-glyph">
        <StateGlyph state={job.state} progress={job.progress} named />
      </td>
      <td class="of-job">
        <Link to={{ screen: "job", scope, type, id: job.job.slice(slash + 1) }}>{type}</Link> <TagList tags={job.tags} most={6} />
      </td>
      <td class="number of-progress">{job.progress === undefined ? null : <Progress progress={job.progress} />}</td>
      <td class="faint small of-host">{job.host}</td>
      <td class="number small soft of-left">
        <LeftOf job={job} />
      </td>
    </tr>
  );
}

/** The time that is left, or, if it is not known, how long the job has run. */
function LeftOf({ job }: { job: RunningJob }) {
  const now = useClock();
  if (job.left !== undefined) {
    return <span title="left">{shortDurationText(job.left)}</span>;
  }
  if (job.started === undefined) {
    return null;
  }
  return <span title="so far; what is left is not known">for {shortDurationText(Math.max(0, (now - Date.parse(job.started)) / 1000))}</span>;
}
