import type { Scope, View } from "../../address/view";
import { valueText } from "../../address/filter";
import { useClock } from "../../part/clock";
import { Link } from "../../part/Link";
import { StateBar } from "../../part/StateBar";
import { clockText, durationText, numberText, sumOf, timeText } from "../../part/words";
import type { Phase, TypeLine } from "../../wire/types";

/** The types of a run: how far each is, and when it ends. */
export function TypeTable({ types, scope }: { types: readonly TypeLine[]; scope: Scope }) {
  return (
    <div class="inset">
      <table class="type-table">
        <thead>
          <tr>
            <th class="of-type">Task type</th>
            <th>Jobs by state</th>
            <th class="number of-done">Done</th>
            <th class="number of-count">Failed</th>
            <th class="number of-count">Running</th>
            <th class="number of-count">Queued</th>
            <th class="number of-count">Waiting</th>
            <th class="number of-median">Median time</th>
            <th class="number of-end">Ends about</th>
          </tr>
        </thead>
        <tbody>
          {types.map((line) => (
            <Line key={line.type} line={line} scope={scope} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ line, scope }: { line: TypeLine; scope: Scope }) {
  const { type, counts } = line;
  const q = `type=${valueText(type)}`;
  const jobs = (state?: string): View => ({ screen: "jobs", scope, q: state === undefined ? q : `${q} state=${state}` });
  const of = (...phases: Phase[]): number => phases.reduce((sum, phase) => sum + (counts[phase] ?? 0), 0);
  return (
    <tr>
      <th scope="row">
        <Link to={jobs()}>{type}</Link>
      </th>
      <td>
        <StateBar counts={counts} q={q} isTall />
      </td>
      <td class="number">
        {numberText(of("done"))} <span class="faint">/ {numberText(sumOf(counts))}</span>
      </td>
      <Count count={of("failed", "corrupt")} to={jobs("failed,corrupt")} isBad />
      <Count count={of("running")} to={jobs("running")} />
      <Count count={of("queued", "starting")} to={jobs("queued,starting")} />
      <Count count={of("new", "skipped")} to={jobs("new,skipped")} />
      <td class="number soft">{line.median === undefined ? "–" : durationText(line.median)}</td>
      <Ends line={line} />
    </tr>
  );
}

function Count({ count, to, isBad = false }: { count: number; to: View; isBad?: boolean }) {
  if (count === 0) {
    return <td class="number faint">–</td>;
  }
  return (
    <td class={isBad ? "number is-failed strong" : "number"}>
      <Link to={to}>{numberText(count)}</Link>
    </td>
  );
}

function Ends({ line }: { line: TypeLine }) {
  const now = useClock();
  const { left } = line;
  const isOver = sumOf(line.counts) === (line.counts.done ?? 0);
  if (isOver) {
    return <td class="number soft">ended</td>;
  }
  if (left?.seconds === undefined) {
    return (
      <td class="number soft" title={left?.basis ?? ""}>
        {left === undefined ? "–" : "not known"}
      </td>
    );
  }
  const end = new Date(now + left.seconds * 1000);
  const today = new Date(now);
  return (
    <td class="number" title={left.basis}>
      {end.toDateString() === today.toDateString() ? clockText(end) : timeText(end, today)}
    </td>
  );
}
