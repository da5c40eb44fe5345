import { useMemo } from "preact/hooks";
import { useKeys } from "../../keys/use";
import { StateBar } from "../../part/StateBar";
import { StateGlyph } from "../../part/StateGlyph";
import { numberText, WORST_FIRST } from "../../part/words";
import { useStore } from "../../store/use";
import type { GraphAnswer } from "../../wire/types";
import { layoutOf, type Layout } from "./layout";
import { beside, type Way } from "./walk";
import { labelLines } from "./words";

const WIDTH = 208;
const HEIGHT = 100;
const EDGE = 28; // around the picture

interface Properties {
  answer: GraphAnswer;
  at: string | undefined;
  choose: (key: string | undefined) => void;
}

/** The groups from left to right, each behind those that it needs. */
export function GraphPicture({ answer, at, choose }: Properties) {
  const shape = `${answer.nodes.map((node) => node.key).join("\n")}\n\n${answer.edges.map((edge) => `${edge.from} ${edge.to}`).join("\n")}`;
  // The numbers of a group change often, and its place only with the shape.
  const layout = useMemo(() => layoutOf({ nodes: answer.nodes.map(({ key }) => ({ key, width: WIDTH, height: HEIGHT })), edges: answer.edges }), [shape]);
  const move = (way: Way): void => choose(beside(answer.edges, layout.places, at, way));
  useKeys({
    left: () => move("left"),
    right: () => move("right"),
    up: () => move("up"),
    down: () => move("down"),
    clear: () => (at === undefined ? false : choose(undefined)),
  });
  return (
    <div class="graph-place">
      <div class="graph-canvas" style={{ width: `${layout.width + 2 * EDGE}px`, height: `${layout.height + 2 * EDGE}px` }}>
        <Arrows layout={layout} answer={answer} at={at} />
        {answer.nodes.map((node) => (
          <GraphNode key={node.key} node={node} layout={layout} isAt={node.key === at} choose={choose} />
        ))}
      </div>
      <p class="graph-keys small soft wide-only">
        Arrows follow results. <kbd>h</kbd> <kbd>j</kbd> <kbd>k</kbd> <kbd>l</kbd> move along them, <kbd>↵</kbd> opens the jobs.
      </p>
    </div>
  );
}

function Arrows({ layout, answer, at }: { layout: Layout; answer: GraphAnswer; at: string | undefined }) {
  return (
    <svg class="graph-arrows" width={layout.width + 2 * EDGE} height={layout.height + 2 * EDGE} aria-hidden="true">
      <defs>
        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" markerUnits="userSpaceOnUse">
          <path class="arrow-head" d="M1 1l6 3-6 3" />
        </marker>
      </defs>
      <g transform={`translate(${EDGE} ${EDGE})`}>
        {answer.edges.map((edge, index) => {
          const from = layout.places[edge.from];
          const to = layout.places[edge.to];
          const isNear = edge.from === at || edge.to === at;
          return from === undefined || to === undefined ? null : (
            <g key={`${edge.from} ${edge.to}`}>
              <path class={`graph-edge${isNear ? " is-near" : ""}`} d={layout.paths[index]} marker-end="url(#arrow)" />
              <text x={(from.x + WIDTH + to.x) / 2} y={(from.y + to.y + HEIGHT) / 2 - 6} text-anchor="middle">
                {numberText(edge.count)}
              </text>
            </g>
          );
        })}
      </g>
    </svg>
  );
}

function GraphNode({ node, layout, isAt, choose }: { node: GraphAnswer["nodes"][number]; layout: Layout; isAt: boolean; choose: (key: string) => void }) {
  const store = useStore();
  const place = layout.places[node.key] ?? { x: 0, y: 0 };
  const { name, rest } = labelLines(node.label);
  return (
    <div
      class={`graph-node${isAt ? " is-at" : ""}`}
      style={{ transform: `translate(${place.x + EDGE}px, ${place.y + EDGE}px)` }}
      onClick={() => choose(node.key)}
      onDblClick={() => store.setFilter(node.filter)}
    >
      <button type="button" class="graph-name" aria-pressed={isAt} title={node.label}>
        <span class="cut">{name}</span> <span>{numberText(node.size)}</span>
      </button>
      <StateBar counts={node.counts} q={node.filter} />
      <p class="cut soft small">{rest}</p>
      <p class="graph-counts small">
        {WORST_FIRST.filter((phase) => (node.counts[phase] ?? 0) > 0).map((phase) => (
          <span key={phase}>
            <StateGlyph state={phase} named /> {numberText(node.counts[phase] ?? 0)}
          </span>
        ))}
      </p>
    </div>
  );
}
