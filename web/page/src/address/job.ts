import type { JobView, Scope } from "./view";

/** What lists jobs: which they are, and their order. */
export type JobList = Pick<JobView, "scope" | "q" | "by" | "sort">;

/** Returns the members by which a view selects jobs. */
export function selectionOf({ scope, q }: { scope?: Scope; q?: string }): Pick<JobView, "scope" | "q"> {
  return { ...(scope && { scope }), ...(q && { q }) };
}

/** Returns the members by which a view lists jobs. */
export function listOf(view: JobList): JobList {
  const { by, sort } = view;
  return { ...selectionOf(view), ...(by && { by }), ...(sort && { sort }) };
}

/** Returns the type and the identifier of a job's name. */
export function partsOf(name: string): { type: string; id: string } {
  const slash = name.lastIndexOf("/");
  return { type: name.slice(0, slash), id: name.slice(slash + 1) };
}

/** Returns the view of a job, in the list that the reader comes from. */
export function jobOf(list: JobList, name: string): JobView {
  return { screen: "job", ...listOf(list), ...partsOf(name) };
}
