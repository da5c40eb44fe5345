import type { ComponentType } from "preact";
import type { Screen, View } from "../address/view";
import { scopeOf } from "../address/view";
import { Empty } from "../part/Empty";
import { lazy } from "../part/lazy";
import { Link } from "../part/Link";
import { useStore } from "../store/use";
import { jobQuestion } from "../wire/questions";
import { Jobs } from "./jobs/Jobs";
import { Run } from "./run/Run";
import { Experiment } from "./workspace/Experiment";
import { Workspace } from "./workspace/Workspace";

/** The component of each screen: it reads its own view from the store. */
const SCREENS: Partial<Record<Screen, ComponentType>> = {
  charts: lazy(() => import("./charts/Charts").then((module) => module.Charts)),
  timeline: lazy(() => import("./timeline/Timeline").then((module) => module.Timeline)),
  graph: lazy(() => import("./graph/Graph").then((module) => module.Graph)),
  workspace: Workspace,
  experiment: Experiment,
  run: Run,
  jobs: Jobs,
  job: lazy(() => import("./job/Job").then((module) => module.Job)),
  compare: lazy(() => import("./compare/Compare").then((module) => module.Compare)),
  table: lazy(() => import("./table/Table").then((module) => module.Table)),
  types: lazy(() => import("./types/Types").then((module) => module.Types)),
  type: lazy(() => import("./types/Type").then((module) => module.Type)),
  trash: lazy(() => import("./trash/Trash").then((module) => module.Trash)),
  orphans: lazy(() => import("./orphans/Orphans").then((module) => module.Orphans)),
};

/** The screen of the view. It begins anew for another experiment or run, and for another kind of view. */
export function Screens() {
  const store = useStore();
  const view = store.view.value;
  const Component = SCREENS[view.screen];
  if (view.screen === "job") {
    void store.answer(jobQuestion(view.type, view.id)).value; // read while the code of the screen is loaded
  }
  return Component === undefined ? <Nowhere /> : <Component key={keyOf(view)} />;
}

function keyOf(view: View): string {
  const scope = scopeOf(view);
  const experiment = view.screen === "experiment" ? view.experiment : "";
  return `${view.screen} ${scope === undefined ? experiment : `${scope.experiment}/${scope.run}`}`;
}

function Nowhere() {
  return (
    <Empty title="There is nothing at this address">
      <p>
        Go to <Link to={{ screen: "workspace" }} class="link">all experiments</Link>.
      </p>
    </Empty>
  );
}
