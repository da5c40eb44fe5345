/** The sizes and arrows of a graph, for its layout. */
export interface LayoutQuestion {
  nodes: { key: string; width: number; height: number }[];
  edges: { from: string; to: string }[];
}

export interface Place {
  x: number; // of the left edge
  y: number; // of the upper edge
}

/** Where the nodes and arrows of a graph are, from left to right. */
export interface Layout {
  width: number;
  height: number;
  places: Record<string, Place>;
  paths: string[]; // of the edges, in their order
}

/** More nodes than these are no picture any more. */
export const MOST_NODES = 60;
export const BESIDE = 62; // between columns
export const BELOW = 30; // between nodes of a column

const SWEEPS = 6; // of the columns to and fro; the order changes little after the first ones

/**
 * Returns the layout of at most {@link MOST_NODES} nodes: each stands one column behind the last one that it needs. The
 * nodes of a column are in the order of those that they are joined to, so that arrows cross seldom, and beside them.
 */
export function layoutOf(question: LayoutQuestion): Layout {
  const { nodes, edges } = question;
  if (nodes.length > MOST_NODES) {
    throw new RangeError(`A graph of ${nodes.length} nodes is no picture: at most ${MOST_NODES} are drawn`);
  }
  const depths = depthsOf(nodes.map((node) => node.key), edges);
  const columns: LayoutQuestion["nodes"][] = [];
  for (const node of nodes) {
    (columns[depths.get(node.key) ?? 0] ??= []).push(node);
  }
  const joined = joinedOf(edges);
  const middles = new Map<string, number>();
  columns.forEach((column) => place(column, middles, () => undefined));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const column of sweep % 2 === 0 ? columns : columns.toReversed()) {
      place(column, middles, (key) => meanOf((joined.get(key) ?? []).flatMap((other) => middles.get(other) ?? [])));
    }
  }
  const top = Math.min(0, ...nodes.map((node) => (middles.get(node.key) ?? 0) - node.height / 2));
  const places: Record<string, Place> = {};
  let x = 0;
  for (const column of columns) {
    column.forEach((node) => (places[node.key] = { x, y: (middles.get(node.key) ?? 0) - node.height / 2 - top }));
    x += Math.max(...column.map((node) => node.width)) + BESIDE;
  }
  const height = Math.max(0, ...nodes.map((node) => (places[node.key]?.y ?? 0) + node.height));
  return { width: Math.max(0, x - BESIDE), height, places, paths: pathsOf(question, places) };
}

/** Puts the nodes of a column as near as possible to where they want to be, one below the other in that order. */
function place(column: LayoutQuestion["nodes"], middles: Map<string, number>, wanted: (key: string) => number | undefined): void {
  const wishes = new Map(column.map((node) => [node.key, wanted(node.key) ?? middles.get(node.key) ?? 0]));
  column.sort((a, b) => (wishes.get(a.key) ?? 0) - (wishes.get(b.key) ?? 0));
  let free = -Infinity;
  const drifts: number[] = [];
  for (const node of column) {
    const wish = wishes.get(node.key) ?? 0;
    const middle = Math.max(wish, free + node.height / 2);
    drifts.push(middle - wish);
    middles.set(node.key, middle);
    free = middle + node.height / 2 + BELOW;
  }
  // What lack of room has pushed down is shared by all: the column stays beside its neighbours.
  const back = (meanOf(drifts) ?? 0);
  column.forEach((node) => middles.set(node.key, (middles.get(node.key) ?? 0) - back));
}

function joinedOf(edges: LayoutQuestion["edges"]): Map<string, string[]> {
  const joined = new Map<string, string[]>();
  for (const { from, to } of edges) {
    for (const [one, other] of [[from, to], [to, from]] as const) {
      joined.set(one, [...(joined.get(one) ?? []), other]);
    }
  }
  return joined;
}

function meanOf(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** Returns how many nodes are before each one, on the longest way; a circle is entered once. */
export function depthsOf(keys: readonly string[], edges: LayoutQuestion["edges"]): Map<string, number> {
  const before = new Map<string, string[]>(keys.map((key) => [key, []]));
  for (const edge of edges) {
    if (before.has(edge.from)) {
      before.get(edge.to)?.push(edge.from);
    }
  }
  const depths = new Map<string, number>();
  const entered = new Set<string>();
  function depth(key: string): number {
    const known = depths.get(key);
    if (known !== undefined || entered.has(key)) {
      return known ?? -1;
    }
    entered.add(key);
    const found = Math.max(-1, ...(before.get(key) ?? []).map(depth)) + 1;
    depths.set(key, found);
    return found;
  }
  keys.forEach(depth);
  return depths;
}

/** Returns an arrow for each edge, from the right of one node to the left of the other. */
export function pathsOf({ nodes, edges }: LayoutQuestion, places: Record<string, Place>): string[] {
  const sizes = new Map(nodes.map((node) => [node.key, node]));
  return edges.map(({ from, to }) => {
    const [begin, end, first, second] = [places[from], places[to], sizes.get(from), sizes.get(to)];
    if (begin === undefined || end === undefined || first === undefined || second === undefined) {
      return "";
    }
    const [x1, y1] = [begin.x + first.width, begin.y + first.height / 2];
    const [x2, y2] = [end.x - 3, end.y + second.height / 2];
    const bend = Math.max(20, (x2 - x1) / 2);
    return `M${fixed(x1)} ${fixed(y1)}C${fixed(x1 + bend)} ${fixed(y1)} ${fixed(x2 - bend)} ${fixed(y2)} ${fixed(x2)} ${fixed(y2)}`;
  });
}

export function fixed(place: number): string {
  return String(Math.round(place * 10) / 10);
}
