import type { ChartsView, GraphView, TimelineView } from "../address/view";
import { question, selecting } from "./questions";

/** Returns the question for a metric over time, or against a tag if the view names one. */
export function chartQuestion(view: ChartsView): string {
  return view.x === undefined
    ? question(["charts", "history"], { ...selecting(view), metric: view.metric })
    : question(["charts", "points"], { ...selecting(view), metric: view.metric, x: view.x, by: view.by, over: view.over });
}

export function timelineQuestion(view: TimelineView): string {
  return question(["timeline"], { ...selecting(view), lanes: view.lanes });
}

export function graphQuestion(view: GraphView): string {
  const { by, around } = view;
  return question(["graph"], around === undefined ? { ...selecting(view), by } : { ...selecting({ ...view, q: "" }), around });
}
