/** A value of a tag, a metric or a parameter, as the command line shows it: `5.0`, `1e-4`, `[64, 32]`, `auto`. */
export interface ExportedValue {
  text: string;
  isNumber: boolean;
}

/** A configuration, a map, or a list of such: its parts have paths of their own. */
const STRUCTURE: ExportedValue = { text: "{…}", isNumber: false };

/** Returns the value of a packed number, text or truth value: `=1e-4`, `'auto`, `true`. */
export function valueOfPacked(packed: unknown): ExportedValue {
  const text = String(packed);
  return typeof packed === "string" ? { text: text.slice(1), isNumber: text.startsWith("=") } : { text, isNumber: false };
}

/** Returns a parameter, or a part of it, in the form of a tag; undefined if it has no value. */
export function valueOfParameter(packed: unknown): ExportedValue | undefined {
  if (packed === null || packed === undefined) {
    return undefined;
  }
  if (Array.isArray(packed)) {
    return packed.some(isNested) ? STRUCTURE : { text: `[${packed.map((each) => valueOfPacked(each).text).join(", ")}]`, isNumber: false };
  }
  return isNested(packed) ? STRUCTURE : valueOfPacked(packed);
}

/** Returns the part of a packed parameter at a path, such as `lr`, `[0].size` or the key of a map; null without one. */
export function partOf(packed: unknown, path: string): unknown {
  let value = packed;
  let rest = path;
  while (rest !== "") {
    if (Array.isArray(value) && rest.startsWith("[")) {
      const end = rest.indexOf("]");
      const index = end < 0 ? "" : rest.slice(1, end);
      value = /^[+-]?\d+$/.test(index) ? (value[Number(index)] ?? null) : null;
      rest = end < 0 ? "" : after(rest, rest.slice(0, end + 1));
    } else if (isNested(value) && !Array.isArray(value)) {
      const map = value as Record<string, unknown>;
      const key = Object.hasOwn(map, rest) ? rest : firstStep(rest);
      value = Object.hasOwn(map, key) ? map[key] : null;
      rest = after(rest, key);
    } else {
      return null;
    }
  }
  return value;
}

/** Returns the first name of a path; a key in brackets without them. */
export function firstStep(path: string): string {
  if (path.startsWith("[") && path.indexOf("]") > 0) {
    return path.slice(1, path.indexOf("]"));
  }
  let end = 0;
  while (end < path.length && path[end] !== "." && (end === 0 || path[end] !== "[")) {
    end++;
  }
  return path.slice(0, end);
}

/** Returns the path behind a step, which may have brackets, and is followed by a dot, a bracket or nothing. */
export function after(path: string, step: string): string {
  const rest = path.slice(step.length + (path.startsWith(`[${step}]`) ? 2 : 0));
  return rest.startsWith(".") ? rest.slice(1) : rest;
}

function isNested(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
