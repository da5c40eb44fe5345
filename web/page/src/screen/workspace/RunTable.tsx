import type { View } from "../../address/view";
import { Link } from "../../part/Link";
import { runPhase, runWord } from "../../part/runPhase";
import { StateBar } from "../../part/StateBar";
import { StateGlyph } from "../../part/StateGlyph";
import { Time } from "../../part/Time";
import { durationText, numberText, runText, sumOf } from "../../part/words";
import { useClock } from "../../part/clock";
import { useStore } from "../../store/use";
import type { RunLine } from "../../wire/types";
import "./RunTable.css";

/** A line of the table: a run, with the experiment that it stands for if the table is of experiments. */
export interface RunEntry {
  run: RunLine;
  runs?: number; // of the experiment
}

/** Runs, or experiments with their latest runs. */
export function RunTable({ entries }: { entries: readonly RunEntry[] }) {
  const isOfExperiments = entries.some((entry) => entry.runs !== undefined);
  return (
    <div class="inset scroll">
      <table class="run-table">
        <thead>
          <tr>
            <th class="of-name">{isOfExperiments ? "Experiment" : "Run"}</th>
            {isOfExperiments ? <th class="of-latest">Latest run</th> : null}
            <th class="of-state">State</th>
            <th>Jobs by state</th>
            <th class="number of-done">Done</th>
            <th class="number of-count">Failed</th>
            <th class="of-time">Began</th>
            <th class="of-time number">Took</th>
            <th class="of-note">Note</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Line key={`${entry.run.experiment}/${entry.run.run}`} {...entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ run, runs }: RunEntry) {
  const { host } = useStore();
  const { counts } = run;
  const failed = (counts.failed ?? 0) + (counts.corrupt ?? 0);
  const name = runText(run.run, new Date(host.now()));
  const scope = { experiment: run.experiment, run: run.run };
  const jobs: View = { screen: "jobs", scope };
  return (
    <tr>
      <th scope="row" class="cut">
        <StateGlyph state={runPhase(run)} /> <Link to={{ screen: "run", scope }}>{runs === undefined ? name : run.experiment}</Link>
      </th>
      {runs === undefined ? null : (
        <td class="soft">
          {name}
          {runs === 1 ? null : (
            <>
              {" · "}
              <Link to={{ screen: "experiment", experiment: run.experiment }}>{numberText(runs)} runs</Link>
            </>
          )}
        </td>
      )}
      <td class="soft">{runWord(run)}</td>
      <td>
        <Link to={jobs} tabIndex={-1} aria-label={`Jobs of ${name}`}>
          <StateBar counts={counts} to={jobs} />
        </Link>
      </td>
      <td class="number">
        {numberText(counts.done ?? 0)} <span class="faint">/ {numberText(sumOf(counts))}</span>
      </td>
      <td class={failed === 0 ? "number faint" : "number is-failed strong"}>
        {failed === 0 ? "–" : <Link to={{ screen: "jobs", scope, q: "state=failed,corrupt" }}>{numberText(failed)}</Link>}
      </td>
      <td class="soft">{run.started === undefined ? null : <Time at={run.started} />}</td>
      <td class="number soft">
        <Took run={run} />
      </td>
      <td class="cut soft small" title={run.note ?? ""}>{run.note}</td>
    </tr>
  );
}

function Took({ run }: { run: RunLine }) {
  const now = useClock();
  if (run.started === undefined || (run.ended === undefined && run.state !== "running")) {
    return null;
  }
  const to = run.ended === undefined ? now : Date.parse(run.ended);
  return <>{durationText(Math.max(0, (to - Date.parse(run.started)) / 1000))}</>;
}
