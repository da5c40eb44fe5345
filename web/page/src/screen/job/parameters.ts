import { numberText, valueOf } from "../../part/words";
import type { JobLink, ParameterNode, Value } from "../../wire/types";

/** A row of the tree of parameters. */
export interface ParameterRow {
  path: string; // names from the root, joined by dots: names the row
  name: string;
  depth: number;
  value: string; // on one line
  note: string; // why the value is what it is
  isSet: boolean; // counts in the identifier, and is not a default
  isTag: boolean;
  producer?: JobLink;
  documentation?: string;
  type?: string;
  whole: string; // the value without a cut
}

/** Values of a list that are named, and characters of a value that are shown on its line. */
const NAMED = 2;
const LONGEST = 120;

/** Returns the rows of a tree. With `onlySet`, those that are set, and the nodes above them. */
export function parameterRows(nodes: readonly ParameterNode[], onlySet = false): ParameterRow[] {
  return rowsBelow(nodes, "", 0, onlySet);
}

function rowsBelow(nodes: readonly ParameterNode[], above: string, depth: number, onlySet: boolean): ParameterRow[] {
  return nodes.flatMap((node) => {
    const path = above === "" ? node.name : `${above}.${node.name}`;
    const below = rowsBelow(node.children ?? [], path, depth + 1, onlySet);
    const row = rowOf(node, path, depth);
    return onlySet && !row.isSet && below.length === 0 ? [] : [row, ...below];
  });
}

function rowOf(node: ParameterNode, path: string, depth: number): ParameterRow {
  const isLeaf = node.children === undefined || node.children.length === 0;
  const hasValue = node.value !== undefined;
  return {
    path,
    name: node.name,
    depth,
    value: hasValue ? shortText(node.value ?? null) : node.producer === undefined ? (node.type ?? "") : "",
    note: noteOf(node),
    isSet: node.role === "counts" && isLeaf && node.producer === undefined,
    isTag: node.tag !== undefined,
    whole: hasValue ? valueOf(node.value ?? null) : "",
    ...(node.producer === undefined ? {} : { producer: node.producer }),
    ...(node.documentation === undefined ? {} : { documentation: node.documentation }),
    ...(node.type === undefined ? {} : { type: node.type }),
  };
}

function noteOf(node: ParameterNode): string {
  const role = { counts: "", default: "default", meta: "not counted", path: "generated path" }[node.role];
  const tag = node.tag === undefined ? "" : node.tag === node.name ? "tag" : `tag ${node.tag}`;
  const producer = node.producer === undefined ? "" : `made by a job, ${node.producer.state}`;
  return [tag, role, producer].filter((part) => part !== "").join(" · ");
}

/** Returns how many rows are set. */
export function setTotal(rows: readonly ParameterRow[]): number {
  return rows.filter((row) => row.isSet).length;
}

/** Returns a value on one line: `["a", "an", … 31 more]`. */
export function shortText(value: Value): string {
  if (Array.isArray(value)) {
    const named = value.slice(0, NAMED).map(shortText);
    const more = value.length - NAMED;
    return `[${[...named, ...(more > 0 ? [`… ${numberText(more)} more`] : [])].join(", ")}]`;
  }
  const text = (typeof value === "string" ? value : valueOf(value)).replace(/\s+/g, " ");
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
