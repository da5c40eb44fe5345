import { decoded, list, segment, unlist, value } from "./text";
import type { Scope, View } from "./view";

/** How the members of a view are written in the query: a word, a number, names in one value, or a value for each. */
type Kind = "word" | "number" | "names" | "each";
type Fields = Record<string, Kind>;

const Q: Fields = { q: "word" };

/** The members in the query by screen, in the order of the address. */
const FIELDS: Record<View["screen"], Fields> = {
  workspace: {},
  experiment: {},
  run: { beside: "word", number: "number", find: "word", line: "number" },
  jobs: { ...Q, by: "names", sort: "word", open: "each", cols: "names", at: "word", selected: "names" },
  job: { ...Q, by: "names", sort: "word", attempt: "number", stream: "word", find: "word", line: "number" },
  compare: { ...Q, jobs: "names", base: "word", show: "word" },
  table: { ...Q, rows: "names", cols: "names", metrics: "names", over: "names", ci: "number", best: "word" },
  charts: { ...Q, metric: "word", x: "word", by: "names", over: "names", as: "word" },
  timeline: { ...Q, lanes: "word", from: "word", to: "word", as: "word" },
  graph: { ...Q, around: "word", by: "names", at: "word", as: "word" },
  orphans: {},
  trash: {},
  types: {},
  type: {},
  unknown: {},
};

const SCOPED = ["jobs", "job", "compare", "table", "charts", "timeline", "graph"] as const;

/** Members that have few values; another value is left out. */
const CHOICES: Record<string, readonly string[]> = { stream: ["out", "err", "both"], show: ["logs"] };

/** Names of members in addresses, where they are shorter. */
const SHORT: Record<string, string> = { selected: "sel" };

/** Returns the address of a view: path and query. */
export function addressOf(view: View): string {
  return pathOf(view) + queryOf(view);
}

function pathOf(view: View): string {
  switch (view.screen) {
    case "workspace":
      return "/";
    case "experiment":
      return `/x/${segment(view.experiment)}`;
    case "run":
      return scopePath(view.scope);
    case "job":
      return `${scopePath(view.scope)}/job/${segment(view.type)}/${segment(view.id)}`;
    case "type":
      return `/types/${segment(view.type)}`;
    case "orphans":
    case "trash":
    case "types":
      return `/${view.screen}`;
    case "unknown":
      return view.path;
    default:
      return `${scopePath(view.scope)}/${view.screen}`;
  }
}

function scopePath(scope: Scope | undefined): string {
  return scope === undefined ? "" : `/x/${segment(scope.experiment)}/${segment(scope.run)}`;
}

function queryOf(view: View): string {
  const members = view as unknown as Record<string, unknown>;
  const parts: string[] = [];
  for (const [name, kind] of Object.entries(FIELDS[view.screen])) {
    const member = members[name];
    if (member !== undefined) {
      const texts = kind === "each" ? each(member as string[]) : [kind === "names" ? list(member as string[]) : String(member)];
      parts.push(...texts.map((text) => `${SHORT[name] ?? name}=${value(text)}`));
    }
  }
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** Returns the texts of a list of which each has its own value; one that is empty, for none. */
function each(texts: string[]): string[] {
  return texts.length === 0 ? [""] : texts;
}

/** Returns the view of an address; parts of the query that are unknown or wrong are left out. */
export function viewOf(address: string): View {
  const [path = "/", ...query] = address.split("?");
  const view = viewOfPath(path);
  return view === undefined ? { screen: "unknown", path: address } : withQuery(view, new URLSearchParams(query.join("?")));
}

function viewOfPath(path: string): View | undefined {
  const parts = path.split("/").filter((part) => part !== "").map(decoded);
  if (parts[0] !== "x") {
    return unscoped(parts);
  }
  const [, experiment, run, ...rest] = parts;
  if (experiment === undefined) {
    return undefined;
  }
  if (run === undefined) {
    return { screen: "experiment", experiment };
  }
  const scope = { experiment, run };
  return rest.length === 0 ? { screen: "run", scope } : ofJobs(rest, scope);
}

function unscoped(parts: string[]): View | undefined {
  const [first, second] = parts;
  if (first === undefined) {
    return { screen: "workspace" };
  }
  if (first === "types" && second !== undefined && parts.length === 2) {
    return { screen: "type", type: second };
  }
  if ((first === "types" || first === "orphans" || first === "trash") && parts.length === 1) {
    return { screen: first };
  }
  return ofJobs(parts, undefined);
}

function ofJobs(parts: string[], run: Scope | undefined): View | undefined {
  const [first, type, id] = parts;
  const screen = SCOPED.find((name) => name === first);
  const scope = run === undefined ? {} : { scope: run };
  if (screen === "job") {
    return type === undefined || id === undefined || parts.length > 3 ? undefined : { screen, ...scope, type, id };
  }
  if (screen === undefined || parts.length > 1) {
    return undefined;
  }
  return screen === "compare" ? { screen, ...scope, jobs: [] } : { screen, ...scope };
}

function withQuery(view: View, query: URLSearchParams): View {
  const members: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(FIELDS[view.screen])) {
    const texts = query.getAll(SHORT[name] ?? name);
    const text = texts[0];
    if (text === undefined) {
      continue;
    }
    if (kind === "each") {
      members[name] = texts.length === 1 && text === "" ? [] : texts;
    } else if (kind === "names") {
      members[name] = unlist(text);
    } else if (kind === "number") {
      const number = Number(text);
      if (text !== "" && Number.isFinite(number)) {
        members[name] = number;
      }
    } else if (CHOICES[name]?.includes(text) ?? true) {
      members[name] = text;
    }
  }
  return { ...view, ...members } as View;
}
