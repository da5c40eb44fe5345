/** The kinds of values, which are compared differently. */
export type Kind = "word" | "text" | "texts" | "identifier" | "run" | "number" | "duration" | "size" | "value";

/** The things that have names. */
export type Scope = "field" | "tag" | "metric" | "run" | "param" | "any";

export interface FilterName {
  scope: Scope;
  name: string; // without the prefix of its scope
}

const FIELDS: Record<string, Kind> = {
  state: "word",
  type: "text",
  id: "identifier",
  experiment: "text",
  run: "run",
  host: "text",
  launcher: "text",
  attempt: "number",
  cause: "word",
  error: "text",
  pinned: "word",
  removed: "word",
  note: "texts",
  age: "duration",
  time: "duration",
  cpu: "duration",
  gc: "duration",
  memory: "size",
};

const WORDS: Record<string, readonly string[]> = {
  state: ["new", "starting", "queued", "running", "done", "failed", "corrupt"],
  cause: [
    "exception",
    "out_of_memory",
    "exit",
    "cancelled",
    "vanished",
    "not_started",
    "refused",
    "time_limit",
    "memory_limit",
    "node_failure",
    "preempted",
    "requeued",
    "dependency",
    "wrong_parameters",
    "missing_paths",
    "gc_overhead",
    "out_of_direct_memory",
    "out_of_metaspace",
    "out_of_threads",
    "out_of_native_memory",
    "wrong_code",
    "tokens_lost",
    "continued",
  ],
  pinned: ["yes", "no"],
  removed: ["yes", "no"],
};

const SCOPES: readonly Scope[] = ["tag", "metric", "run", "param"];

/** Returns the name that a text stands for. */
export function nameOf(text: string): FilterName {
  const field = text === "duration" ? "time" : text;
  if (Object.hasOwn(FIELDS, field)) {
    return { scope: "field", name: field };
  }
  const scope = SCOPES.find((prefix) => text.startsWith(`${prefix}.`));
  return scope === undefined ? { scope: "any", name: text } : { scope, name: text.slice(scope.length + 1) };
}

export function kindOf({ scope, name }: FilterName): Kind {
  return scope === "run" && name === "note" ? "texts" : scope === "field" ? (FIELDS[name] ?? "value") : "value";
}

/** Returns the words that a field may have; undefined if it may have others. */
export function wordsOf({ scope, name }: FilterName): readonly string[] | undefined {
  return scope === "field" && Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
}

export function textOf({ scope, name }: FilterName): string {
  return scope === "field" || scope === "any" ? name : `${scope}.${name}`;
}
