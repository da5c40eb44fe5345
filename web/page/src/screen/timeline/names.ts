import type { JobView, Scope } from "../../address/view";

/** Returns the type of a job by its name. */
export function typeOf(job: string): string {
  return job.slice(0, job.lastIndexOf("/"));
}

/** Returns the view of a job, in the list that the reader comes from. */
export function jobViewOf(job: string, from: { scope?: Scope; q?: string }): JobView {
  const scope = from.scope === undefined ? {} : { scope: from.scope };
  const q = from.q === undefined ? {} : { q: from.q };
  return { screen: "job", ...scope, ...q, type: typeOf(job), id: job.slice(job.lastIndexOf("/") + 1) };
}
