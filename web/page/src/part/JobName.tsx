import { jobOf, partsOf, type JobList } from "../address/job";
import type { JobLink } from "../wire/types";
import { Link } from "./Link";
import { StateGlyph } from "./StateGlyph";

/** A job by its state, type and identifier, with the way to it in the list that the reader looks at. */
export function JobName({ job, list = {} }: { job: JobLink; list?: JobList }) {
  return (
    <span class="job-name one-line">
      <StateGlyph state={job.state} named />{" "}
      <Link to={jobOf(list, job.job)}>
        {partsOf(job.job).type} <span class="mono faint">{job.shortId}</span>
      </Link>
    </span>
  );
}
