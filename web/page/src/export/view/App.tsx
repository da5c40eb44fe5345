import { useState } from "preact/hooks";
import { statesOf, toggledState } from "../../address/filter";
import { useKeys } from "../../keys/use";
import { CountButtons } from "../../part/CountButtons";
import { Dialog } from "../../part/Dialog";
import { showHidden } from "../../part/hidden";
import { Glyphs } from "../../part/StateGlyph";
import { FilterField } from "./FilterField";
import { Go } from "./Go";
import { Head } from "./Head";
import { JobDetail } from "./JobDetail";
import { JobList } from "./JobList";
import { KEYS } from "./keys";
import { useModel } from "./model";
import { VIEWS } from "./place";
import { RunView } from "./RunView";
import { TableView } from "./TableView";
import "./Export.css";

const WORDS = { run: "Run", jobs: "Jobs", table: "Table" };

showHidden();

/** An exported run: its head, the filter, and one of its views. */
export function App() {
  const model = useModel();
  const { view, job, q } = model.place.value;
  const [isHelp, setHelp] = useState(false);
  useKeys({
    help: () => setHelp(true),
    goRun: () => model.go({ view: "run" }),
    goJobs: () => model.go({ view: "jobs" }),
    goTable: () => model.go({ view: "table" }),
  });
  return (
    <>
      <Glyphs />
      <Head />
      <nav class="tools export-nav" aria-label="Views">
        <span class="segments">
          {VIEWS.map((name) => (
            <Go key={name} to={{ view: name }} {...(name === view ? { "aria-current": "page" as const } : {})}>
              {WORDS[name]}
            </Go>
          ))}
        </span>
        <FilterField />
        <CountButtons
          counts={model.counts.value}
          pressed={statesOf(q)}
          onPhase={(phase, adds) => model.go({ q: toggledState(q, phase, adds), view: view === "run" ? "jobs" : view })}
        />
      </nav>
      <main id="main">{job !== undefined ? <JobDetail name={job} /> : view === "jobs" ? <JobList /> : view === "table" ? <TableView /> : <RunView />}</main>
      {isHelp && (
        <Dialog label="Keys" close={() => setHelp(false)}>
          <h2>Keys</h2>
          <dl class="export-keys">
            {KEYS.map(({ keys, words }) => (
              <div key={keys}>
                <dt>{words}</dt>
                <dd>
                  <kbd>{keys === "Escape" ? "Esc" : keys}</kbd>
                </dd>
              </div>
            ))}
          </dl>
          <button type="button" class="button" data-focus onClick={() => setHelp(false)}>
            Close
          </button>
        </Dialog>
      )}
    </>
  );
}
