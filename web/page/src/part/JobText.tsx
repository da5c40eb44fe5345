import type { VNode } from "preact";
import { jobOf, partsOf, type JobList } from "../address/job";
import type { JobLink } from "../wire/types";
import { Link } from "./Link";

/** A text about jobs, in which each of their names, `type/digits`, leads to its job. A command in the text stays one. */
export function JobText({ text, jobs, list = {} }: { text: string; jobs: readonly JobLink[]; list?: JobList }) {
  const drawn: (string | VNode)[] = [];
  let rest = text;
  for (;;) {
    const found = jobs.map((job) => ({ job, ...placeOf(rest, job) })).filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at || b.length - a.length)[0];
    if (found === undefined) {
      return (
        <>
          {drawn}
          {rest}
        </>
      );
    }
    const { job, at, length } = found;
    drawn.push(
      rest.slice(0, at),
      <Link to={jobOf(list, job.job)} class="link" title={job.job}>
        {`${partsOf(job.job).type}/${job.shortId}`}
      </Link>,
    );
    rest = rest.slice(at + length);
  }
}

/** Returns where a text has the name of a job, whole or with its short identifier; -1 for nowhere. */
function placeOf(text: string, { job, shortId }: JobLink): { at: number; length: number } {
  const short = `${partsOf(job).type}/${shortId}`;
  const at = text.indexOf(short);
  return { at, length: text.startsWith(job, at) ? job.length : short.length };
}
