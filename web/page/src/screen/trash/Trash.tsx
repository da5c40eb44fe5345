import { CommandLine } from "../../part/CommandLine";
import { Empty, Reading } from "../../part/Empty";
import { JobName } from "../../part/JobName";
import { ProblemNote } from "../../part/ProblemNote";
import { Time } from "../../part/Time";
import { counted, sizeText } from "../../part/words";
import { useAnswer, useStore } from "../../store/use";
import { trashQuestion } from "../../wire/questions";
import type { TrashAnswer } from "../../wire/types";

/** What was cleaned, and can be brought back. It is emptied by the command line alone. */
export function Trash() {
  const { value, problem } = useAnswer<TrashAnswer>(trashQuestion);
  if (value === undefined) {
    return problem === undefined ? <Reading what="the trash" /> : <ProblemNote problem={problem} again={trashQuestion} />;
  }
  const jobs = value.entries.reduce((sum, entry) => sum + entry.jobTotal, 0);
  return (
    <article aria-label="Trash">
      <header class="head">
        <h1>
          {jobs === 0 ? "The trash is empty" : `${counted(jobs, "job")} in the trash`}
          {value.size !== undefined && jobs > 0 && <span> · {sizeText(value.size)}</span>}
        </h1>
      </header>
      {problem !== undefined && <ProblemNote problem={problem} again={trashQuestion} />}
      {value.entries.length === 0 ? (
        <Empty title="Nothing was cleaned">
          <p>Jobs that are cleaned are moved here, and can be brought back.</p>
        </Empty>
      ) : (
        <div class="inset scroll">
          <table>
            <thead>
              <tr>
                {["Cleaned", "By", "Jobs", "Why"].map((name) => (
                  <th scope="col" key={name}>
                    {name}
                  </th>
                ))}
                <th scope="col" class="number">
                  Size
                </th>
                <td />
              </tr>
            </thead>
            <tbody>
              {value.entries.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div class="inset">
        <CommandLine command={value.command} label="The same in a shell" />
        {value.entries.length > 0 && <CommandLine command={value.empty} label="Emptied for good by" />}
      </div>
    </article>
  );
}

const NAMED = 3;

function Entry({ entry }: { entry: TrashAnswer["entries"][number] }) {
  const { actions } = useStore();
  const hindrance = actions.hindrance();
  const more = entry.jobTotal - Math.min(NAMED, entry.jobs.length);
  return (
    <tr>
      <td class="one-line">
        {entry.cleaned !== undefined && <Time at={entry.cleaned} />}
      </td>
      <td>{entry.by}</td>
      <td>
        {entry.jobs.slice(0, NAMED).map((job) => (
          <div key={job.job}>
            <JobName job={job} />
          </div>
        ))}
        {more > 0 && <span class="soft">and {counted(more, "more job")}</span>}
      </td>
      <td class="soft">{entry.reason}</td>
      <td class="number soft">{entry.size === undefined ? "" : sizeText(entry.size)}</td>
      <td class="number">
        <button
          class="button"
          aria-disabled={hindrance !== undefined || undefined}
          title={hindrance}
          onClick={() => hindrance === undefined && void actions.undoEntry(entry.id)}
        >
          Bring back {counted(entry.jobTotal, "job")}
        </button>
      </td>
    </tr>
  );
}
