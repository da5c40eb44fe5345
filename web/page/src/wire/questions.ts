import { scopeOf, type JobsView, type Scope, type TableView, type View } from "../address/view";

/** Addresses of the API. A question is its address: equal questions have equal text. */

const API = "/api/1";

/** The key of the group of all types that have no group of their own. */
export const OTHERS = "*";

/** Parameters of a question; those that are undefined or empty lists are left out. */
export type Parameters = Record<string, string | number | boolean | readonly string[] | undefined>;

/** Returns the question of a path, its segments given apart, and of parameters. */
export function question(path: readonly string[], parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (Array.isArray(value)) {
      if (value.length > 0) {
        query.set(name, value.map((text: string) => text.replace(/[\\,]/g, "\\$&")).join(","));
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

/** The server takes several names; the page sorts by one. */
function order({ sort }: Pick<JobsView, "sort">): string[] | undefined {
  return sort === undefined ? undefined : [sort];
}

/** Returns the question for the groups of a list of jobs; `by=` without names asks for none. */
export function groupsQuestion(view: Pick<JobsView, "scope" | "q" | "by" | "sort">): string {
  const flat = view.by !== undefined && view.by.length === 0;
  const asked = question(["jobs"], { ...selecting(view), by: view.by, sort: order(view) });
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
  return question(["jobs", "rows"], { ...selecting(view), by, sort: order(view), group, from, count });
}

/** Returns the question for the jobs before and after a job of a list. */
export function aroundQuestion(view: Pick<JobsView, "scope" | "q" | "by" | "sort">, job: string): string {
  return question(["jobs", "rows"], { ...selecting(view), by: view.by, sort: order(view), around: job, count: 3 });
}

/** Returns the question for a job. */
export function jobQuestion(type: string, id: string): string {
  return question(["jobs", type, id]);
}

/** Returns the question for what is beside a run. */
export function besideQuestion({ experiment, run }: Scope): string {
  return question(["runs", experiment, run, "beside"]);
}

/** Returns the question for the address of a service of a run, `EXPERIMENT/RUN`, on the reader's machine. */
export function addressQuestion(run: string, service: string): string {
  return question(["runs", ...run.split("/"), "services", service, "address"]);
}

/** The path of what has a log and files: `jobs`, a type and an identifier; or `runs`, a run, and what is beside it. */
export type Owner = readonly string[];

/** Returns the question for a part of a log, or for the search in it. */
export function logQuestion(owner: Owner, parameters: Parameters, isSearch = false): string {
  return question([...owner, "log", ...(isSearch ? ["search"] : [])], parameters);
}

/** Returns the address of a file, as the path below its owner's folder names it. */
export function fileAddress(owner: Owner, path: string): string {
  return question([...owner, "files", ...path.split("/")]);
}

/** Returns the question for the differences of jobs. */
export function compareQuestion(jobs: readonly string[], base: string | undefined): string {
  return question(["compare"], { jobs, base });
}

/** Returns the question for a table of jobs. A list without names asks for none; one that is absent, for a default. */
export function tableQuestion(view: TableView): string {
  const { rows, cols, metrics, over, ci, best } = view;
  const asked = question(["table"], { ...selecting(view), rows, cols, metrics, over, ci, best });
  const none = Object.entries({ rows, cols, metrics, over }).filter(([, names]) => names?.length === 0);
  return none.reduce((text, [name]) => `${text}${text.includes("?") ? "&" : "?"}${name}=`, asked);
}

export const typesQuestion = question(["types"]);

export function typeQuestion(type: string): string {
  return question(["types", type]);
}

export const orphansQuestion = question(["orphans"]);
export const trashQuestion = question(["trash"]);
export const notedQuestion = question(["noted"]);

/** Returns the question whose counts the title of a view needs, also while its tab is hidden. */
export function titleQuestion(view: View): string {
  const scope = scopeOf(view);
  return scope === undefined ? workspaceQuestion : runQuestion(scope);
}

/** Returns the address of a run as one file. */
export function exportAddress(scope: Scope): string {
  return question(["runs", scope.experiment, scope.run, "export"]);
}
