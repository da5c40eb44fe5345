import { useKeys } from "../../keys/use";
import { StateBar } from "../../part/StateBar";
import { counted, countsText, numberText, WORST_FIRST } from "../../part/words";
import type { GraphAnswer } from "../../wire/types";
import { depthsOf } from "./layout";

/** The groups as a table, each below those that it needs. */
export function GraphList({ answer, at, choose }: { answer: GraphAnswer; at: string | undefined; choose: (key: string | undefined) => void }) {
  const depths = depthsOf(answer.nodes.map((node) => node.key), answer.edges);
  const nodes = answer.nodes.toSorted((a, b) => (depths.get(a.key) ?? 0) - (depths.get(b.key) ?? 0));
  const labels = new Map(nodes.map((node) => [node.key, node.label]));
  const index = nodes.findIndex((node) => node.key === at);
  useKeys({
    down: () => choose(nodes[Math.min(index + 1, nodes.length - 1)]?.key),
    up: () => choose(nodes[Math.max(index - 1, 0)]?.key),
    clear: () => (at === undefined ? false : choose(undefined)),
  });
  return (
    <div class="inset scroll">
      <table class="graph-list">
        <caption class="unseen">{counted(nodes.length, "group")}, each after those that it needs</caption>
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col" class="number">
              Jobs
            </th>
            <th scope="col">States</th>
            <th scope="col">Needs</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node.key} class={node.key === at ? "is-at" : ""}>
              <th scope="row">
                <button type="button" class="link" aria-pressed={node.key === at} onClick={() => choose(node.key)}>
                  {node.label}
                </button>
              </th>
              <td class="number">{numberText(node.size)}</td>
              <td>
                <StateBar counts={node.counts} q={node.filter} />
                <span class="small soft">{countsText(node.counts, WORST_FIRST)}</span>
              </td>
              <td class="small soft">
                {answer.edges
                  .filter((edge) => edge.to === node.key)
                  .map((edge) => labels.get(edge.from) ?? "")
                  .join("; ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
