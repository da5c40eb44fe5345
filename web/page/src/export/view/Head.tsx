import { exactTimeText, numberText, sumOf } from "../../part/words";
import { countsOf, useModel } from "./model";

/** The run in a sentence, and what this file is: a copy, of what, when, and by what. */
export function Head() {
  const { rows } = useModel();
  const { head } = rows;
  const { run } = head;
  const all = Array.from({ length: rows.size }, (_, row) => row);
  const counts = countsOf(rows, all);
  const failed = (counts.failed ?? 0) + (counts.corrupt ?? 0);
  const at = exactTimeText(new Date(rows.now));
  return (
    <header class="head export-head">
      <div>
        <p class="export-run">
          <b>{`${run.experiment}/${run.run}`}</b> <span class="soft">{run.state === "running" ? "was running" : run.outcome ?? run.state}</span>
        </p>
        <h1>
          {numberText(counts.done ?? 0)} of {numberText(sumOf(counts))} done
          {failed === 0 ? null : <span class="export-failed"> · {numberText(failed)} failed</span>}
        </h1>
        <p class="soft small">
          A copy of <time dateTime={head.at}>{at}</time>: nothing in it changes. Made from <span class="mono">{head.workspace}</span> on {head.host} by Experimaestro{head.program === "" ? "" : ` ${head.program}`}
          {head.plan === undefined ? "" : `, plan ${head.plan}`}.
          {head.filter === "" ? null : (
            <>
              {" "}
              It has the {numberText(head.size)} of {numberText(head.total)} jobs with <code>{head.filter}</code>.
            </>
          )}
        </p>
        {head.runNotes.length === 0 && Object.keys(head.runTags).length === 0 ? null : (
          <p class="soft small">{[...head.runNotes, ...Object.entries(head.runTags).map(([name, text]) => `${name}=${text}`)].join(" · ")}</p>
        )}
      </div>
    </header>
  );
}
