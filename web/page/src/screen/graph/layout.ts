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

/** Returns the layout by columns: a node stands one column behind the last node that it needs. */
export function columns({ nodes, edges }: LayoutQuestion): Layout {
  const depths = depthsOf(nodes.map((node) => node.key), edges);
  const places: Record<string, Place> = {};
  let x = 0;
  let height = 0;
  for (let depth = 0; depth <= Math.max(0, ...depths.values()); depth++) {
    const column = nodes.filter((node) => depths.get(node.key) === depth);
    let y = 0;
    for (const node of column) {
      places[node.key] = { x, y };
      y += node.height + BELOW;
    }
    height = Math.max(height, y - BELOW);
    x += Math.max(0, ...column.map((node) => node.width)) + BESIDE;
  }
  return { width: Math.max(0, x - BESIDE), height: Math.max(0, height), places, paths: pathsOf({ nodes, edges }, places) };
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
