import { list, unlist, value } from "../../address/text";

/** What the reader looks at: all of it is in the fragment of the address. */
export interface Place {
  view: "run" | "jobs" | "table";
  q: string;
  sort: string; // a name of filters, after a minus sign for the largest first; empty for the order of submission
  columns?: string[];
  job?: string | undefined; // type/identifier; its detail is shown
  rows?: string[];
  cols?: string[];
  metrics?: string[];
  over?: string[];
  ci: number;
  best: "column" | "row" | "none";
}

export const VIEWS = ["run", "jobs", "table"] as const;
export const USUAL: Place = { view: "run", q: "", sort: "", ci: 95, best: "column" };
const LISTS = ["columns", "rows", "cols", "metrics", "over"] as const;

/** Returns the place of a fragment such as `#/jobs?q=state=failed`; what is unknown is left out. */
export function placeOf(fragment: string): Place {
  const text = fragment.replace(/^#\/?/, "");
  const mark = text.indexOf("?");
  const name = mark < 0 ? text : text.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? "" : text.slice(mark + 1));
  const place: Place = { ...USUAL, view: VIEWS.find((view) => view === name) ?? USUAL.view };
  place.q = query.get("q") ?? "";
  place.sort = query.get("sort") ?? "";
  const job = query.get("job");
  if (job !== null) {
    place.job = job;
  }
  for (const each of LISTS) {
    const names = query.get(each);
    if (names !== null) {
      place[each] = unlist(names);
    }
  }
  const ci = Number(query.get("ci"));
  place.ci = ci >= 1 && ci <= 99 ? ci : USUAL.ci;
  place.best = (["column", "row", "none"] as const).find((best) => best === query.get("best")) ?? USUAL.best;
  return place;
}

export function fragmentOf(place: Place): string {
  const terms = [
    ["q", place.q],
    ["sort", place.sort],
    ["job", place.job ?? ""],
    ["ci", place.ci === USUAL.ci ? "" : String(place.ci)],
    ["best", place.best === USUAL.best ? "" : place.best],
  ].filter(([, text]) => text !== "");
  const lists = LISTS.flatMap((name) => (place[name] === undefined ? [] : [[name, list(place[name])]]));
  const query = [...terms, ...lists].map(([name = "", text = ""]) => `${name}=${value(text)}`).join("&");
  return `#/${place.view}${query === "" ? "" : `?${query}`}`;
}
