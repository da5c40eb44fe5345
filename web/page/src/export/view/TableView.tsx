import { useState } from "preact/hooks";
import { Choices } from "../../part/Choices";
import { PaperTable, type Lead } from "../../screen/table/PaperTable";
import { missingOf, statesOf } from "../../screen/table/layout";
import { numberText } from "../../part/words";
import type { TableAnswer } from "../../wire/types";
import { tableOf } from "../table/answer";
import { Go } from "./Go";
import { useModel } from "./model";
import type { Place } from "./place";
import "../../screen/table/Table.css";

/** The table of the selected jobs, computed here when the filter or the layout changes. */
export function TableView() {
  const model = useModel();
  const { rows } = model;
  const place = model.place.value;
  const { head } = rows;
  const layout = {
    rows: place.rows ?? head.rows,
    cols: place.cols ?? head.cols,
    metrics: place.metrics ?? head.metrics,
    over: place.over ?? head.over,
    level: place.ci / 100,
    best: place.best,
    lowest: head.lowest,
  };
  const jobs = model.selected.value.toSorted((one, other) => one - other);
  const answer = tableOf(rows, jobs, layout, place.q);
  const lead: Lead = (q, title, children) => (
    <Go to={{ view: "jobs", q }} title={title}>
      {children}
    </Go>
  );
  return (
    <section class="table-view" aria-label="Table">
      <div class="tools">
        <Layout answer={answer} />
      </div>
      {answer.problem === undefined ? (
        <div class="inset">
          <div class="scroll" tabIndex={0} role="region" aria-label="Table of means">
            <PaperTable lead={lead} answer={answer} />
          </div>
          <ul class="legend small soft">
            {answer.legend.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <Missing answer={answer} />
        </div>
      ) : (
        <p class="inset export-problem" role="status">
          {answer.problem}
        </p>
      )}
    </section>
  );
}

type Names = "rows" | "cols" | "metrics" | "over";
const WORDS: Record<Names, string> = { rows: "Rows", cols: "Columns", metrics: "Metrics", over: "Mean over" };

function Layout({ answer }: { answer: TableAnswer }) {
  const model = useModel();
  const { ci, best } = model.place.value;
  const [open, setOpen] = useState<Names | null>(null);
  function choose(name: Names, names: string[]): void {
    // A tag has one place in a table: it leaves its former one.
    const taken = (place: Names): string[] => answer[place].filter((tag) => !names.includes(tag));
    model.go(name === "metrics" ? { metrics: names } : { rows: taken("rows"), cols: taken("cols"), over: taken("over"), [name]: names });
  }
  return (
    <>
      {(["rows", "cols", "metrics", "over"] as const).map((name) => (
        <Choices
          key={name}
          word={WORDS[name]}
          chosen={answer[name]}
          offered={name === "metrics" ? answer.choices.metrics : answer.choices.tags}
          isOpen={open === name}
          setOpen={(isOpen) => setOpen(isOpen ? name : null)}
          onChoice={(names) => choose(name, names)}
        />
      ))}
      <label class="choice-label">
        ±{" "}
        <select class="choice" value={String(ci)} onChange={(event) => model.go({ ci: Number(event.currentTarget.value) })}>
          {[...new Set([90, 95, 99, ci])].map((percent) => (
            <option key={percent} value={percent}>
              {percent} %
            </option>
          ))}
        </select>
      </label>
      <label class="choice-label">
        Best{" "}
        <select class="choice" value={best} onChange={(event) => model.go({ best: event.currentTarget.value as Place["best"] })}>
          <option value="column">per column</option>
          <option value="row">per row</option>
          <option value="none">not marked</option>
        </select>
      </label>
    </>
  );
}

function Missing({ answer }: { answer: TableAnswer }) {
  const { here, all, states } = missingOf(answer);
  return (
    <p class="soft small">
      {numberText(here)} of {numberText(all)} values are here.
      {here === all ? "" : ` The other jobs: ${statesOf(states).map(({ phase, count }) => `${numberText(count)} ${phase}`).join(", ") || "not in this file"}.`}
    </p>
  );
}
