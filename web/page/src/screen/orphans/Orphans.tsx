import { CommandLine } from "../../part/CommandLine";
import { Empty, Reading } from "../../part/Empty";
import { JobName } from "../../part/JobName";
import { ProblemNote } from "../../part/ProblemNote";
import { TagList } from "../../part/TagList";
import { Time } from "../../part/Time";
import { counted, sizeText } from "../../part/words";
import { useAnswer, useStore } from "../../store/use";
import { orphansQuestion } from "../../wire/questions";
import type { OrphansAnswer } from "../../wire/types";

/**
 * The jobs that no run wants any more, and those that run although none wants them. The server gives the
 * first 200, which are also what is cleaned at once: the rest comes when these are gone.
 */
export function Orphans() {
  const { value, problem } = useAnswer<OrphansAnswer>(orphansQuestion);
  if (value === undefined) {
    return problem === undefined ? <Reading what="the orphans" /> : <ProblemNote problem={problem} again={orphansQuestion} />;
  }
  const shown = value.jobs;
  const more = value.size - shown.length;
  const bytes = shown.reduce((sum, job) => sum + job.size, 0);
  return (
    <article aria-label="Orphans">
      <header class="head">
        <div>
          <h1>
            {value.size === 0 ? "No orphans" : counted(value.size, "orphan")}
            {bytes > 0 && <span> · {more > 0 ? "more than " : ""}{sizeText(bytes)}</span>}
          </h1>
          <p class="soft small">No run has submitted an orphan, and no job of a run was computed from it.</p>
        </div>
        {shown.length > 0 && value.problems.length === 0 && <CleanShown jobs={shown} />}
      </header>
      {problem !== undefined && <ProblemNote problem={problem} again={orphansQuestion} />}
      <Unknown problems={value.problems} />
      <Stray jobs={value.strayRunning} total={value.strayTotal} />
      {value.size === 0 && value.problems.length === 0 ? (
        <Empty title="Nothing is left over">
          <p>A run has submitted each job of the workspace, or one of its jobs was computed from it.</p>
        </Empty>
      ) : (
        <OrphanTable jobs={shown} />
      )}
      <div class="inset">
        {more > 0 && <p class="soft">and {counted(more, "more orphan")}</p>}
        <CommandLine command={value.command} label="The same by" />
      </div>
    </article>
  );
}

/** The runs that cannot be read: the same reason for which the command line refuses to clean orphans. */
function Unknown({ problems }: { problems: readonly string[] }) {
  return problems.length === 0 ? null : (
    <div class="inset" role="alert">
      <p>Jobs of these runs may seem to be orphans, so none can be cleaned here until their files can be read:</p>
      <ul class="mono small">
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </div>
  );
}

function CleanShown({ jobs }: { jobs: OrphansAnswer["jobs"] }) {
  const { actions } = useStore();
  const hindrance = actions.hindrance();
  return (
    <div class="end">
      <button
        class="button danger"
        aria-disabled={hindrance !== undefined || undefined}
        title={hindrance}
        onClick={() => void actions.plan("clean", { jobs: jobs.map((job) => job.job) })}
      >
        Clean {counted(jobs.length, "orphan")}…
      </button>
    </div>
  );
}

function Stray({ jobs, total }: { jobs: OrphansAnswer["strayRunning"]; total: number }) {
  return jobs.length === 0 ? null : (
    <section class="inset" aria-label="They run although no run wants them">
      <div class="section-head">
        <h2>They run although no run wants them</h2>
      </div>
      <ul>
        {jobs.map((job) => (
          <li key={job.job}>
            <JobName job={job} /> <TagList tags={job.tags} most={6} />
          </li>
        ))}
      </ul>
      {total > jobs.length && <p class="soft">and {counted(total - jobs.length, "more job")}</p>}
    </section>
  );
}

function OrphanTable({ jobs }: { jobs: OrphansAnswer["jobs"] }) {
  return (
    <div class="inset scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Job</th>
            <th scope="col">Tags</th>
            <th scope="col">Ended</th>
            <th scope="col" class="number">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={job.job}>
              <td>
                <JobName job={job} />
              </td>
              <td>
                <TagList tags={job.tags} most={6} />
              </td>
              <td class="soft">{job.ended === undefined ? "" : <Time at={job.ended} />}</td>
              <td class="number soft">{sizeText(job.size)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
