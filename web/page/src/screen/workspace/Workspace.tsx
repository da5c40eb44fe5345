import { Link } from "../../part/Link";
import { CommandLine } from "../../part/CommandLine";
import { Empty, Reading } from "../../part/Empty";
import { ProblemNote } from "../../part/ProblemNote";
import { counted } from "../../part/words";
import { useAnswer } from "../../store/use";
import { workspaceQuestion } from "../../wire/questions";
import type { WorkspaceAnswer } from "../../wire/types";
import { RunTable } from "./RunTable";
import { Unreadable } from "./Unreadable";

/** The experiments of the workspace: the front page. */
export function Workspace() {
  const { value, problem } = useAnswer<WorkspaceAnswer>(workspaceQuestion);
  if (value === undefined) {
    return problem === undefined ? <Reading /> : <ProblemNote problem={problem} again={workspaceQuestion} />;
  }
  return (
    <section aria-label="Experiments">
      <div class="head">
        <div>
          <h1>
            {counted(value.experiments.length, "experiment")} <span>· {counted(value.jobs, "job")}</span>
          </h1>
          <p class="soft small">
            <span class="mono">{value.path}</span> on {value.host}
            {value.readOnly ? " · only to be read" : ""}
          </p>
        </div>
        <div class="end">
          <Link class="button" to={{ screen: "types" }}>Types</Link>
          <Link class="button" to={{ screen: "orphans" }}>Orphans</Link>
          <Link class="button" to={{ screen: "trash" }}>Trash</Link>
        </div>
      </div>
      <Unreadable problems={value.problems} total={value.jobs} />
      {value.experiments.length === 0 ? (
        <Empty title="This workspace has no jobs">
          <p>They appear here as soon as a plan submits one:</p>
          <CommandLine command={`experimaestro run-experiment --workdir ${value.path} FILE.yaml`} />
        </Empty>
      ) : (
        <RunTable entries={value.experiments.map(({ runs, latest }) => ({ run: latest, runs }))} />
      )}
    </section>
  );
}
