import { jobOf, partsOf, selectionOf } from "../../address/job";
import type { GraphView } from "../../address/view";
import { AsTable } from "../../part/AsTable";
import { Empty, Reading } from "../../part/Empty";
import { Link } from "../../part/Link";
import { ProblemNote } from "../../part/ProblemNote";
import { Select } from "../../part/Select";
import { counted, numberText } from "../../part/words";
import { useAnswer, useStore } from "../../store/use";
import { graphQuestion } from "../../wire/figures";
import { groupsQuestion } from "../../wire/questions";
import type { GraphAnswer, JobsAnswer } from "../../wire/types";
import { GraphDetail } from "./GraphDetail";
import { GraphList } from "./GraphList";
import { GraphPicture } from "./GraphPicture";
import { MOST_NODES } from "./layout";
import "./graph.css";

const FINEST = 4; // names of a grouping

/** Which groups of jobs need which: as a picture, or as a list where a picture would not help. */
export function Graph() {
  const store = useStore();
  const view = store.view.value as GraphView;
  const question = graphQuestion(view);
  const { value, problem } = useAnswer<GraphAnswer>(question);
  if (value === undefined) {
    return problem === undefined ? <Reading what="the graph" /> : <ProblemNote problem={problem} again={question} />;
  }
  const at = value.nodes.find((node) => node.key === (view.at ?? view.around));
  const noPicture = whyNoPicture(value);
  const isList = noPicture !== undefined || view.as === "table";
  const choose = (key: string | undefined): void => store.replace(key === undefined ? without(view, "at") : { ...view, at: key });
  return (
    <section aria-label="Graph" class="graph">
      <h1 class="unseen">Graph</h1>
      <Tools view={view} answer={value} isList={isList} hasPicture={noPicture === undefined} />
      {problem === undefined ? null : <ProblemNote problem={problem} again={question} />}
      {value.coarser === undefined ? null : <p class="inset soft small graph-said">{value.coarser}</p>}
      {noPicture === undefined || value.nodes.length === 0 ? null : <p class="inset soft small graph-said">{noPicture}</p>}
      {value.nodes.length === 0 ? (
        <Empty title="There are no jobs to draw" />
      ) : (
        <div class="graph-split">
          {isList ? <GraphList answer={value} at={at?.key} choose={choose} /> : <GraphPicture answer={value} at={at?.key} choose={choose} />}
          <div class="graph-side" role="region" aria-label="The group at the cursor">{at === undefined ? <p class="soft">Choose a group: what it needs, and what needs it, stands here.</p> : <GraphDetail answer={value} node={at} view={view} choose={choose} />}</div>
        </div>
      )}
    </section>
  );
}

/** Returns why a list says more than a picture would. */
function whyNoPicture(answer: GraphAnswer): string | undefined {
  if (answer.nodes.length > MOST_NODES) {
    return `${answer.nodes.length} groups are too many for a picture: they are listed.`;
  }
  return answer.edges.length === 0 ? "No group needs another one: they are listed." : undefined;
}

interface ToolsProperties {
  view: GraphView;
  answer: GraphAnswer;
  isList: boolean;
  hasPicture: boolean;
}

function Tools({ view, answer, isList, hasPicture }: ToolsProperties) {
  const store = useStore();
  const jobs = useAnswer<JobsAnswer>(view.around === undefined ? groupsQuestion({ ...view, by: ["type"] }) : undefined).value;
  const tags = ["type", ...(jobs?.columns.filter((name) => !jobs.metrics.includes(name)) ?? [])];
  const size = answer.nodes.reduce((sum, node) => sum + node.size, 0);
  function set(index: number, name: string): void {
    const by = answer.by.map((old, at) => (at === index ? name : old)).concat(index === answer.by.length ? [name] : []);
    const chosen = [...new Set(by.filter((one) => one !== ""))];
    const { at: _at, by: _by, ...rest } = view;
    store.go(chosen.length === 0 ? rest : { ...rest, by: chosen });
  }
  return (
    <div class="tools">
      {answer.by.map((name, index) => (
        <Select key={index} label={index === 0 ? "Group by" : "×"} value={name} options={[...(index === 0 ? [] : [["", "(nothing)"] as const]), ...tags.filter((tag) => tag === name || !answer.by.includes(tag))]} set={(next) => set(index, next)} />
      ))}
      {view.around === undefined ? null : <Around view={view} name={view.around} />}
      {view.around !== undefined || answer.by.length >= FINEST || tags.every((tag) => answer.by.includes(tag)) ? null : (
        <Select label="" spoken="Group by one more tag" value="" options={[["", "+ tag"] as const, ...tags.filter((tag) => !answer.by.includes(tag))]} set={(next) => set(answer.by.length, next)} />
      )}
      <span class="end">
        <span class="soft small">
          {counted(size, "job")}
          {view.around === undefined ? ` in ${counted(answer.nodes.length, "group")}` : ""}
          <span class="unseen">, {numberText(answer.edges.length)} arrows</span>
        </span>
        {hasPicture ? <AsTable isTable={isList} set={(isTable) => store.go(isTable ? { ...view, as: "table" } : without(view, "as"))} /> : null}
      </span>
    </div>
  );
}

/** The job whose surroundings are drawn, with the way to the groups of all. */
function Around({ view, name }: { view: GraphView; name: string }) {
  return (
    <span>
      Around{" "}
      <Link to={jobOf(selectionOf(view), name)} class="link">
        {partsOf(name).type} <span class="mono">{partsOf(name).id.slice(0, 8)}</span>
      </Link>
      , two steps far ·{" "}
      <Link to={{ screen: "graph", ...selectionOf(view) }} class="link">
        all jobs
      </Link>
    </span>
  );
}

function without(view: GraphView, name: "at" | "as"): GraphView {
  const { [name]: _left, ...rest } = view;
  return rest;
}
