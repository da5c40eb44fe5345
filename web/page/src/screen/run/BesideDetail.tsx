import type { RunView } from "../../address/view";
import { CommandLine } from "../../part/CommandLine";
import { FileTable } from "../../part/FileTable";
import { LogView } from "../../part/LogView";
import type { LogChoice } from "../../part/LogTools";
import { Select } from "../../part/Select";
import { useStore } from "../../store/use";
import type { ActionLine, ServiceLine } from "../../wire/types";
import { Questions } from "./Questions";

const NO_ATTEMPTS: readonly number[] = [];

/** All of an action or a service: its questions, what its process has left, and its log. */
export function BesideDetail({ view, line, run }: { view: RunView; line: ActionLine | ServiceLine; run: string }) {
  const store = useStore();
  const { last } = line;
  const [experiment = "", name = ""] = run.split(/\/(?=[^/]*$)/);
  const number = view.number ?? last?.number;
  const owner = ["runs", experiment, name, "questions" in line ? "actions" : "services", line.name, String(number)];
  function choose({ find, line: at }: LogChoice): void {
    const { find: formerFind, line: formerLine, ...kept } = view;
    const sought = find ?? formerFind ?? "";
    const place = at ?? (find === undefined ? formerLine : undefined);
    store.replace({ ...kept, ...(sought === "" ? {} : { find: sought }), ...(place === undefined ? {} : { line: place }) });
  }
  return (
    <div class="beside-detail">
      {"questions" in line ? <Questions line={line} run={run} /> : null}
      <div class="beside-rest">
        <CommandLine label="In a shell" command={line.command} />
        {last === undefined || number === undefined ? null : (
          <>
            {number === last.number && last.files.length > 0 ? <FileTable owner={owner} files={last.files} more={last.moreFiles} /> : null}
            {last.number > 1 ? (
              <Select
                label={"questions" in line ? "execution" : "start"}
                value={String(number)}
                options={Array.from({ length: last.number }, (_, index) => String(last.number - index))}
                set={(chosen) => store.replace({ screen: "run", scope: view.scope, beside: view.beside ?? "", ...(Number(chosen) === last.number ? {} : { number: Number(chosen) }) })}
              />
            ) : null}
            <LogView key={number} owner={owner} attempts={NO_ATTEMPTS} choice={view} onChoice={choose} usual="out" title={`Log of ${line.name}`} />
          </>
        )}
      </div>
    </div>
  );
}
