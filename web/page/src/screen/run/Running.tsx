import { jobOf, partsOf } from "../../address/job";
import type { Scope } from "../../address/view";
import { Link } from "../../part/Link";
import { Progress } from "../../part/Progress";
import { StateGlyph } from "../../part/StateGlyph";
import { TagList } from "../../part/TagList";
import { counted, shortDurationText, valueOf } from "../../part/words";
import { useClock } from "../../part/clock";
import type { RunningJob } from "../../wire/types";

/** The jobs that run, those that run longest first. */
export function Running({ jobs, total, scope }: { jobs: readonly RunningJob[]; total: number; scope: Scope }) {
  const names = differingTags(jobs);
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
            <Line key={job.job} job={job} scope={scope} names={names} />
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Returns the names of the tags in which the jobs differ. */
function differingTags(jobs: readonly RunningJob[]): Set<string> {
  const values = new Map<string, Set<string>>();
  for (const job of jobs) {
    for (const [name, value] of Object.entries(job.tags)) {
      const known = values.get(name) ?? new Set();
      values.set(name, known.add(valueOf(value)));
    }
  }
  return new Set([...values].filter(([, known]) => known.size > 1 || jobs.length === 1).map(([name]) => name));
}

function Line({ job, scope, names }: { job: RunningJob; scope: Scope; names: ReadonlySet<string> }) {
  const differing = Object.entries(job.tags).filter(([name]) => names.has(name));
  // A word says by itself what it is, a number does not.
  const tags = Object.fromEntries(differing.filter(([, value]) => typeof value !== "string"));
  const words = differing.filter(([, value]) => typeof value === "string").map(([, value]) => valueOf(value));
  return (
    <tr title={job.doing ?? ""}>
      <td class="of-glyph">
        <StateGlyph state={job.state} progress={job.progress} named />
      </td>
      <td class="of-job">
        <Link to={jobOf({ scope }, job.job)}>{partsOf(job.job).type}</Link> <TagList tags={tags} most={6} />
      </td>
      <td class="soft small of-words">{words.join(" ")}</td>
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
