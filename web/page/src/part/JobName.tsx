import type { Scope } from "../address/view";
import type { JobLink } from "../wire/types";
import { Link } from "./Link";
import { StateGlyph } from "./StateGlyph";

/** A job by its state, type and identifier, with the way to it in the list that the reader looks at. */
export function JobName({ job, selection = {} }: { job: JobLink; selection?: { scope?: Scope; q?: string } }) {
  const at = job.job.lastIndexOf("/");
  const type = job.job.slice(0, at);
  return (
    <span class="job-name one-line">
      <StateGlyph state={job.state} named />{" "}
      <Link to={{ screen: "job", ...selection, type, id: job.job.slice(at + 1) }}>
        {type} <span class="mono faint">{job.shortId}</span>
      </Link>
    </span>
  );
}
