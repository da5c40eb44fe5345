import type { TableView } from "../../address/view";
import { Empty, Reading } from "../../part/Empty";
import { Link } from "../../part/Link";
import { ProblemNote } from "../../part/ProblemNote";
import { useAnswer, useStore } from "../../store/use";
import { tableQuestion } from "../../wire/questions";
import type { TableAnswer } from "../../wire/types";
import { CopyTable } from "./CopyTable";
import { LayoutTools } from "./LayoutTools";
import { Missing } from "./Missing";
import { PaperTable, type Lead } from "./PaperTable";
import "./Table.css";

/** A table as it will be printed in a paper: means of metrics over replicates. */
export function Table() {
  const { view } = useStore();
  return view.value.screen === "table" ? <TableOf view={view.value} /> : null;
}

function TableOf({ view }: { view: TableView }) {
  const question = tableQuestion(view);
  const { value, problem } = useAnswer<TableAnswer>(question);
  if (value === undefined) {
    return problem === undefined ? <Reading what="the table" /> : <ProblemNote problem={problem} again={question} />;
  }
  const scope = view.scope === undefined ? {} : { scope: view.scope };
  const lead: Lead = (q, title, children) => (
    <Link to={{ screen: "jobs", ...scope, q }} title={title}>
      {children}
    </Link>
  );
  const isEmpty = value.problem === undefined && value.lines.length === 0;
  return (
    <article class="table-view" aria-label="Table">
      <h1 class="unseen">Table</h1>
      <div class="tools">
        <LayoutTools view={view} answer={value} />
        <CopyTable command={value.command} />
      </div>
      {problem !== undefined && <ProblemNote problem={problem} again={question} />}
      {value.problem !== undefined && (
        <Empty title="There is no table of this layout">
          <p>{value.problem}</p>
        </Empty>
      )}
      {isEmpty && (
        <Empty title="No job has told a metric yet">
          <p>
            A task tells one by <code>context.metric(name, value)</code>
          </p>
        </Empty>
      )}
      {value.lines.length > 0 && (
        <div class="table-body">
          <div>
            <div class="scroll">
              <PaperTable lead={lead} answer={value} />
            </div>
            <ul class="legend small soft">
              {value.legend.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
          <Missing answer={value} />
        </div>
      )}
    </article>
  );
}
