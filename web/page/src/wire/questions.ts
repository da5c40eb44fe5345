import { scopeOf, type JobsView, type Scope, type View } from "../address/view";

/** Addresses of the API. A question is its address: equal questions have equal text. */

const API = "/api/1";

/** Parameters of a question; those that are undefined or empty lists are left out. */
export type Parameters = Record<string, string | number | boolean | readonly string[] | undefined>;

/** Returns the question of a path, its segments given apart, and of parameters. */
export function question(path: readonly string[], parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (Array.isArray(value)) {
      if (value.length > 0) {
        query.set(name, value.join(","));
      }
    } else if (value !== undefined && value !== "") {
      query.set(name, String(value));
    }
  }
  const text = query.toString();
  return [API, ...path.map(encodeURIComponent)].join("/") + (text === "" ? "" : `?${text}`);
}

/** Returns the parameters by which a question selects jobs: those of a run, or all, that the filter selects. */
export function selecting(view: { scope?: Scope; q?: string }): Parameters {
  const scope = view.scope;
  return { run: scope === undefined ? undefined : `${scope.experiment}/${scope.run}`, q: view.q };
}

export const workspaceQuestion = question(["workspace"]);

export function experimentQuestion(experiment: string): string {
  return question(["experiments", experiment]);
}

export function runQuestion(scope: Scope): string {
  return question(["runs", scope.experiment, scope.run]);
}

/** Returns the question for the groups of a list of jobs; `by=` without names asks for none. */
export function groupsQuestion(view: Pick<JobsView, "scope" | "q" | "by" | "sort">): string {
  const flat = view.by !== undefined && view.by.length === 0;
  const asked = question(["jobs"], { ...selecting(view), by: view.by, sort: view.sort });
  return flat ? `${asked}${asked.includes("?") ? "&" : "?"}by=` : asked;
}

/** Returns the question for rows of a list of jobs: those of a leaf group, or of all jobs. */
export function rowsQuestion(
  view: Pick<JobsView, "scope" | "q" | "sort">,
  by: readonly string[],
  group: string | undefined,
  from: number,
  count: number,
): string {
  return question(["jobs", "rows"], { ...selecting(view), by, sort: view.sort, group, from, count });
}

/** Returns the question whose counts the title of a view needs, also while its tab is hidden. */
export function titleQuestion(view: View): string {
  const scope = scopeOf(view);
  return scope === undefined ? workspaceQuestion : runQuestion(scope);
}
