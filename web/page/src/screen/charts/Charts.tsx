import type { ChartsView } from "../../address/view";
import { AsTable } from "../../part/AsTable";
import { Empty, Reading } from "../../part/Empty";
import { ProblemNote } from "../../part/ProblemNote";
import { Select } from "../../part/Select";
import { useAnswer, useStore } from "../../store/use";
import { chartQuestion } from "../../wire/figures";
import type { HistoryAnswer, PointsAnswer } from "../../wire/types";
import { HistoryChart } from "./HistoryChart";
import { HistoryTable } from "./HistoryTable";
import { PointsChart } from "./PointsChart";
import { PointsTable } from "./PointsTable";
import "./charts.css";

/** Metrics of jobs: over time while they run, or against a tag. */
export function Charts() {
  const store = useStore();
  const view = store.view.value as ChartsView;
  return (
    <section aria-label="Charts" class="charts">
      <h1 class="unseen">Charts</h1>
      {view.x === undefined ? <Over key="over" view={view} /> : <Against key="against" view={view} />}
    </section>
  );
}

function Over({ view }: { view: ChartsView }) {
  const question = chartQuestion(view);
  const { value, problem } = useAnswer<HistoryAnswer>(question);
  return (
    <>
      <Tools view={view} metric={value?.metric ?? view.metric ?? ""} metrics={value?.metrics ?? []} />
      {problem === undefined ? null : <ProblemNote problem={problem} again={question} />}
      {value === undefined ? problem === undefined ? <Reading what="the metrics" /> : null : value.lines.length === 0 ? <NoMetric /> : view.as === "table" ? <HistoryTable answer={value} view={view} /> : <HistoryChart answer={value} />}
    </>
  );
}

function Against({ view }: { view: ChartsView }) {
  const store = useStore();
  const question = chartQuestion(view);
  const { value, problem } = useAnswer<PointsAnswer>(question);
  const points = value?.series.reduce((sum, series) => sum + series.points.length, 0) ?? 0;
  return (
    <>
      <Tools view={view} metric={value?.metric ?? view.metric ?? ""} metrics={value?.metrics ?? []}>
        <Select label="Against" value={value?.x ?? view.x ?? ""} options={value?.tags ?? []} set={(x) => store.go({ ...view, x })} />
        <Select
          label="A line for each"
          value={view.by?.[0] ?? value?.by[0] ?? ""}
          options={[["", "automatic"], ...(value?.tags ?? []).filter((tag) => tag !== value?.x).map((tag) => [tag, tag] as const)]}
          set={(by) => store.go(by === "" ? without(view, "by") : { ...view, by: [by] })}
        />
        <Select
          label="Mean over"
          value={view.over?.[0] ?? value?.over[0] ?? ""}
          options={[["", "automatic"], ...(value?.tags ?? []).map((tag) => [tag, tag] as const)]}
          set={(over) => store.go(over === "" ? without(view, "over") : { ...view, over: [over] })}
        />
      </Tools>
      {problem === undefined ? null : <ProblemNote problem={problem} again={question} />}
      {value === undefined ? problem === undefined ? <Reading what="the metrics" /> : null : points === 0 ? <NoMetric /> : view.as === "table" ? <PointsTable answer={value} /> : <PointsChart answer={value} />}
    </>
  );
}

interface ToolsProperties {
  view: ChartsView;
  metric: string;
  metrics: readonly string[];
  children?: preact.ComponentChildren;
}

function Tools({ view, metric, metrics, children }: ToolsProperties) {
  const store = useStore();
  const isOver = view.x === undefined;
  return (
    <div class="tools charts-tools">
      <Select label="Metric" value={metric} options={metrics} set={(name) => store.go({ ...view, metric: name })} />
      {children}
      <span class="end">
        <span class="segments" role="group" aria-label="Axis">
          <button type="button" aria-pressed={isOver} onClick={() => store.go(without(without(without(view, "x"), "by"), "over"))}>
            Over time
          </button>
          <button type="button" aria-pressed={!isOver} onClick={() => (isOver ? store.go({ ...view, x: "" }) : undefined)}>
            Against a tag
          </button>
        </span>
        <AsTable isTable={view.as === "table"} set={(isTable) => store.go(isTable ? { ...view, as: "table" } : without(view, "as"))} />
      </span>
    </div>
  );
}

function NoMetric() {
  return (
    <Empty title="No job has told a metric yet">
      <p>
        A task tells one with <code>context.metric(name, value)</code>, as often as it likes.
      </p>
    </Empty>
  );
}

function without(view: ChartsView, name: "x" | "by" | "over" | "as"): ChartsView {
  const { [name]: _left, ...rest } = view;
  return rest;
}
