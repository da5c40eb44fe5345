import { useState } from "preact/hooks";
import type { Scope, View } from "../address/view";
import { scopeOf } from "../address/view";
import { useKeys } from "../keys/use";
import { Link } from "../part/Link";
import { Menu } from "../part/Menu";
import { StateGlyph } from "../part/StateGlyph";
import { runPhase, runWord } from "../part/runPhase";
import { counted, runText } from "../part/words";
import { useAnswer, useStore } from "../store/use";
import { experimentQuestion } from "../wire/questions";
import type { ExperimentAnswer, RunLine } from "../wire/types";

const ELSEWHERE: [string, View][] = [
  ["All experiments", { screen: "workspace" }],
  ["All jobs", { screen: "jobs" }],
  ["Types of tasks", { screen: "types" }],
  ["Orphans", { screen: "orphans" }],
  ["Trash", { screen: "trash" }],
];

/** The experiment, and the way to the others and to the rest of the workspace. */
export function ExperimentChooser() {
  const store = useStore();
  const [isOpen, setOpen] = useState(false);
  useKeys({ goExperiment: () => setOpen(true) });
  const view = store.view.value;
  const workspace = store.workspace.value;
  const current = scopeOf(view)?.experiment ?? (view.screen === "experiment" ? view.experiment : undefined);
  const folder = workspace?.path.split("/").findLast((part) => part !== "") ?? "Workspace";
  return (
    <Menu label={`${current ?? folder}: other experiments`} face={<><b>{current ?? folder}</b> ▾</>} isOpen={isOpen} setOpen={setOpen}>
      {(workspace?.experiments ?? []).slice(0, 30).map(({ name, runs, latest }) => (
        <li key={name}>
          <Link to={{ screen: "run", scope: { experiment: name, run: latest.run } }} {...(name === current ? { "aria-current": "true" } : {})}>
            <StateGlyph state={runPhase(latest)} /> <span class="cut">{name}</span>
            <span class="end faint small">{counted(runs, "run")}</span>
          </Link>
        </li>
      ))}
      {workspace === undefined || workspace.experiments.length === 0 ? null : (
        <li role="separator">
          <hr />
        </li>
      )}
      {ELSEWHERE.map(([words, to]) => (
        <li key={words}>
          <Link to={to}>{words}</Link>
        </li>
      ))}
    </Menu>
  );
}

/** The run, and the way to the other runs of its experiment; the view stays the same. */
export function RunChooser({ scope }: { scope: Scope }) {
  const store = useStore();
  const [isOpen, setOpen] = useState(false);
  const { value, problem } = useAnswer<ExperimentAnswer>(isOpen ? experimentQuestion(scope.experiment) : undefined);
  const now = new Date(store.host.now());
  const name = scope.run === "latest" ? (store.run.value?.run.run ?? scope.run) : scope.run;
  return (
    <Menu class="wide-only" label={`Run ${runText(name, now)}: other runs`} face={<span class="soft">{runText(name, now)} ▾</span>} isOpen={isOpen} setOpen={setOpen}>
      {problem === undefined ? null : <li class="soft" role="alert">{problem.error}</li>}
      {(value?.runs ?? []).slice(0, 50).map((run) => (
        <li key={run.run}>
          <Link to={inRun(store.view.peek(), run)} {...(run.run === name ? { "aria-current": "true" } : {})}>
            <StateGlyph state={runPhase(run)} /> {runText(run.run, now)}
            <span class="end faint small">{runWord(run)}</span>
          </Link>
        </li>
      ))}
      <li>
        <Link to={{ screen: "experiment", experiment: scope.experiment }}>All runs of {scope.experiment}</Link>
      </li>
    </Menu>
  );
}

/** Returns the same view of another run. */
function inRun(view: View, { experiment, run }: RunLine): View {
  const scope = { experiment, run };
  if (view.screen === "jobs") {
    const { at: _at, selected: _selected, ...rest } = view;
    return { ...rest, scope };
  }
  return "scope" in view && view.screen !== "job" && view.screen !== "compare" ? { ...view, scope } : { screen: "run", scope };
}
