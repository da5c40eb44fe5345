import { valueText, withStates } from "../../address/filter";
import { Bar } from "../../part/Bar";
import { StateGlyph } from "../../part/StateGlyph";
import { counted, numberText, sumOf } from "../../part/words";
import type { Counts, Phase, ReasonGroup } from "../../wire/types";
import { Go } from "./Go";
import { countsOf, useModel } from "./model";

/** The run: its types by state, why jobs have failed, why others wait, and what the file leaves out. */
export function RunView() {
  const { rows } = useModel();
  const { failures, waiting, leftOut } = rows.head;
  return (
    <>
      <Types />
      <div class="two">
        <section aria-label="Failures">
          <Reasons title="Failures" groups={failures} phase="failed" />
        </section>
        <section aria-label="Not done">
          {waiting.length > 0 && <Reasons title="Not done" groups={waiting} phase="new" />}
          <div class="section-head">
            <h2>What this file leaves out</h2>
          </div>
          <ul class="left-out soft small">
            {leftOut.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}

function Types() {
  const model = useModel();
  const { rows } = model;
  const types = new Map<string, number[]>();
  for (let row = 0; row < rows.size; row++) {
    const type = rows.text("type", row) ?? "";
    const own = types.get(type);
    if (own === undefined) {
      types.set(type, [row]);
    } else {
      own.push(row);
    }
  }
  return (
    <div class="inset">
      <table class="export-types">
        <thead>
          <tr>
            <th>Task type</th>
            <th>Jobs by state</th>
            <th class="number">Done</th>
            <th class="number">Failed</th>
          </tr>
        </thead>
        <tbody>
          {[...types].map(([type, own]) => (
            <TypeLine key={type} type={type} counts={countsOf(rows, own)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TypeLine({ type, counts }: { type: string; counts: Counts }) {
  const model = useModel();
  const q = `type=${valueText(type)}`;
  const failed = (counts.failed ?? 0) + (counts.corrupt ?? 0);
  const show = (phase: Phase): void => model.go({ view: "jobs", q: withStates(q, [phase]) });
  return (
    <tr>
      <th scope="row">
        <Go to={{ view: "jobs", q }}>{type}</Go>
      </th>
      <td>
        <Bar counts={counts} isTall onPhase={show} />
      </td>
      <td class="number">
        {numberText(counts.done ?? 0)} <span class="faint">/ {numberText(sumOf(counts))}</span>
      </td>
      <td class={failed === 0 ? "number faint" : "number is-failed strong"}>{failed === 0 ? "–" : <Go to={{ view: "jobs", q: `${q} state=failed,corrupt` }}>{numberText(failed)}</Go>}</td>
    </tr>
  );
}

function Reasons({ title, groups, phase }: { title: string; groups: readonly ReasonGroup[]; phase: Phase }) {
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  return (
    <>
      <div class="section-head">
        <h2>{title}</h2>
        <span class="faint">{count === 0 ? "none" : `${counted(count, "job")}, ${counted(groups.length, "reason")}`}</span>
      </div>
      <ul class="export-reasons">
        {groups.map((group) => (
          <li key={`${group.type} ${group.filter}`}>
            <StateGlyph state={phase} named />
            <div>
              <Go class="strong" to={{ view: "jobs", q: group.filter }}>
                {group.type}
              </Go>{" "}
              {group.count === 1 ? null : <b>×{numberText(group.count)}</b>}
              <p class={phase === "failed" ? "mono is-failed" : "soft"}>{group.subject}</p>
              {group.shared.length === 0 ? null : <p class="soft small">{group.shared.join(". ")}.</p>}
              {group.advice === "" ? null : <p class="faint small">{group.advice}</p>}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
