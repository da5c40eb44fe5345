import { jobOf, selectionOf } from "../../address/job";
import type { GraphView, View } from "../../address/view";
import { useKeys } from "../../keys/use";
import { Link } from "../../part/Link";
import { StateBar } from "../../part/StateBar";
import { StateGlyph } from "../../part/StateGlyph";
import { counted, numberText, WORST_FIRST } from "../../part/words";
import { useStore } from "../../store/use";
import { selecting } from "../../wire/questions";
import type { GraphAnswer, State } from "../../wire/types";

interface Properties {
  answer: GraphAnswer;
  node: GraphAnswer["nodes"][number];
  view: GraphView;
  choose: (key: string) => void;
}

/** The group at the cursor: its states, what it needs and what needs it, and what can be done with its jobs. */
export function GraphDetail({ answer, node, view, choose }: Properties) {
  const store = useStore();
  const isJob = view.around !== undefined;
  const jobs: View = isJob ? jobOf(selectionOf(view), node.key) : { screen: "jobs", ...(view.scope && { scope: view.scope }), q: node.filter };
  const failed = (node.counts.failed ?? 0) + (node.counts.corrupt ?? 0);
  const hindrance = store.actions.hindrance();
  const run = selecting(view)["run"] as string | undefined;
  const retry = (): void => void store.actions.plan("retry", { ...(run === undefined ? {} : { run }), q: withFailed(node.filter) });
  useKeys({ open: () => store.go(jobs), retry: () => (failed === 0 ? false : retry()) });
  return (
    <>
      <p class="graph-title">
        <b>{node.label}</b> <span class="soft">{counted(node.size, "job")}</span>
      </p>
      <StateBar counts={node.counts} q={node.filter} />
      <ul class="graph-states">
        {WORST_FIRST.filter((phase) => (node.counts[phase] ?? 0) > 0).map((phase) => (
          <li key={phase}>
            <StateGlyph state={phase} /> {phase} <b>{numberText(node.counts[phase] ?? 0)}</b>
          </li>
        ))}
      </ul>
      <Neighbours title="Needs" edges={answer.edges.filter((edge) => edge.to === node.key).map((edge) => ({ key: edge.from, count: edge.count }))} answer={answer} choose={choose} />
      <Neighbours title="Needed by" edges={answer.edges.filter((edge) => edge.from === node.key).map((edge) => ({ key: edge.to, count: edge.count }))} answer={answer} choose={choose} />
      <p class="graph-actions">
        <Link to={jobs} class="button">
          Open the {isJob ? "job" : "jobs"} <kbd>↵</kbd>
        </Link>
        {failed === 0 ? null : (
          <button type="button" class="button" aria-disabled={hindrance !== undefined} title={hindrance} onClick={retry}>
            Retry {numberText(failed)} <kbd>r</kbd>
          </button>
        )}
      </p>
    </>
  );
}

function withFailed(filter: string): string {
  return filter === "" ? "state=failed" : `(${filter}) and state=failed`;
}

interface NeighboursProperties {
  title: string;
  edges: { key: string; count: number }[];
  answer: GraphAnswer;
  choose: (key: string) => void;
}

function Neighbours({ title, edges, answer, choose }: NeighboursProperties) {
  return edges.length === 0 ? null : (
    <>
      <h3>{title}</h3>
      <ul class="graph-neighbours">
        {edges.map(({ key, count }) => {
          const other = answer.nodes.find((node) => node.key === key);
          return other === undefined ? null : (
            <li key={key}>
              <StateGlyph state={worstOf(other)} named />
              <button type="button" class="link" onClick={() => choose(key)}>
                {other.label}
              </button>
              <span class="soft small">{counted(count, "dependency", "dependencies")}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function worstOf(node: GraphAnswer["nodes"][number]): State {
  const phase = WORST_FIRST.find((one) => (node.counts[one] ?? 0) > 0) ?? "new";
  return phase === "skipped" ? "new" : phase;
}
