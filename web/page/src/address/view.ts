/** What the page shows: a value that an address stands for. A member that is absent has its default. */

/** A run; `run` may be `latest`. */
export interface Scope {
  experiment: string;
  run: string;
}

interface Jobwise {
  scope?: Scope; // absent: the jobs of all runs
  q?: string;
}

export interface WorkspaceView {
  screen: "workspace";
}
export interface ExperimentView {
  screen: "experiment";
  experiment: string;
}
/** A run as a whole: it has no filter. */
export interface RunView {
  screen: "run";
  scope: Scope;
  beside?: string; // an action or a service: "actions/export"
  number?: number; // of the process whose log is shown; the last one if absent
  find?: string; // in that log
  line?: number;
}
export interface JobsView extends Jobwise {
  screen: "jobs";
  by?: string[]; // chosen by the server if absent; empty: flat
  sort?: string;
  open?: string[]; // keys of groups; all groups of a short list if absent
  cols?: string[]; // columns of values; those that fit if absent
  at?: string; // short identifier of a job, or key of a group
  selected?: string[]; // short identifiers, or ALL alone
}
/** Stands for all jobs that the filter selects. */
export const ALL = "all";

export interface JobView extends Jobwise {
  screen: "job";
  type: string;
  id: string;
  by?: string[]; // groups of the list that the reader comes from; no groups if absent
  sort?: string; // order of that list
  attempt?: number;
  stream?: "out" | "err" | "both";
  find?: string;
  line?: number;
}
export interface CompareView extends Jobwise {
  screen: "compare";
  jobs: string[];
  base?: string;
  show?: "logs"; // in the place of the differences
}
export interface TableView extends Jobwise {
  screen: "table";
  rows?: string[];
  cols?: string[];
  metrics?: string[];
  over?: string[];
  ci?: number;
  best?: string;
}
export interface ChartsView extends Jobwise {
  screen: "charts";
  metric?: string;
  x?: string; // a tag, or empty for the one that the server chooses; absent: over time
  by?: string[];
  over?: string[];
  as?: string; // "table"
}
export interface TimelineView extends Jobwise {
  screen: "timeline";
  lanes?: string;
  from?: string;
  to?: string;
  as?: string; // "table"
}
export interface GraphView extends Jobwise {
  screen: "graph";
  around?: string; // name of a job: the jobs around it instead of groups
  by?: string[];
  at?: string; // key of a group
  as?: string; // "table"
}
export interface OrphansView {
  screen: "orphans";
}
export interface TrashView {
  screen: "trash";
}
export interface TypesView {
  screen: "types";
}
export interface TypeView {
  screen: "type";
  type: string;
}
/** An address that stands for nothing. */
export interface UnknownView {
  screen: "unknown";
  path: string;
}

export type View =
  | WorkspaceView
  | ExperimentView
  | RunView
  | JobsView
  | JobView
  | CompareView
  | TableView
  | ChartsView
  | TimelineView
  | GraphView
  | OrphansView
  | TrashView
  | TypesView
  | TypeView
  | UnknownView;

export type Screen = View["screen"];

/** The views of the jobs of a run, in the order of their tabs. */
export const TABS = ["run", "jobs", "table", "charts", "timeline", "graph"] as const;
export type Tab = (typeof TABS)[number];

/** Returns the run of a view, if it is about one. */
export function scopeOf(view: View): Scope | undefined {
  return "scope" in view ? view.scope : undefined;
}

/** Returns the filter of a view; empty if it has none. */
export function filterOf(view: View): string {
  return "q" in view ? (view.q ?? "") : "";
}

/** Returns the view of a tab that shows the same jobs as another view. */
export function tabOf(tab: Tab, from: View): View | undefined {
  const scope = scopeOf(from);
  const q = filterOf(from);
  const jobs = { ...(scope === undefined ? {} : { scope }), ...(q === "" ? {} : { q }) };
  if (tab === "run") {
    return scope === undefined ? undefined : { screen: "run", scope };
  }
  return tab === "graph" && from.screen === "job" ? { screen: tab, ...jobs, around: `${from.type}/${from.id}` } : { screen: tab, ...jobs };
}

/** Returns the same view with another filter; views without a filter become the list of these jobs. */
export function filtered(view: View, q: string): View {
  const { q: _former, ...rest } = view as View & { q?: string };
  if (view.screen === "jobs") {
    const { at: _at, selected, ...kept } = rest as JobsView;
    // "All" are those of the filter: of another one, they would be jobs that nobody has chosen.
    const chosen = selected === undefined || selected.includes(ALL) ? {} : { selected };
    return q === "" ? { ...kept, ...chosen } : { ...kept, ...chosen, q };
  }
  if (view.screen !== "run" && TABS.some((tab) => tab === view.screen)) {
    return (q === "" ? rest : { ...rest, q }) as View;
  }
  const scope = scopeOf(view);
  return { screen: "jobs", ...(scope === undefined ? {} : { scope }), ...(q === "" ? {} : { q }) };
}
