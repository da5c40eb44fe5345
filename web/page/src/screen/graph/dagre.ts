import dagre from "@dagrejs/dagre";
import { BELOW, BESIDE, pathsOf, type Layout, type LayoutQuestion, type Place } from "./layout";

/** Returns the layout with few crossings, by dagre; it may take long, and belongs into a worker. */
export function layered(question: LayoutQuestion): Layout {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", ranksep: BESIDE, nodesep: BELOW });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { key, width, height } of question.nodes) {
    graph.setNode(key, { width, height });
  }
  for (const { from, to } of question.edges) {
    if (graph.hasNode(from) && graph.hasNode(to) && from !== to) {
      graph.setEdge(from, to);
    }
  }
  dagre.layout(graph);
  const places: Record<string, Place> = {};
  for (const { key, width, height } of question.nodes) {
    const middle = graph.node(key) as { x: number; y: number };
    places[key] = { x: middle.x - width / 2, y: middle.y - height / 2 };
  }
  const whole = graph.graph() as { width?: number; height?: number };
  return { width: whole.width ?? 0, height: whole.height ?? 0, places, paths: pathsOf(question, places) };
}
