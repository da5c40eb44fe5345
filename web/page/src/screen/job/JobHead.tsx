import { listOf } from "../../address/job";
import type { JobView } from "../../address/view";
import { useKeys } from "../../keys/use";
import { CopyButton } from "../../part/CommandLine";
import { NoteField } from "../../part/NoteField";
import { StateGlyph } from "../../part/StateGlyph";
import { TagList } from "../../part/TagList";
import { useStore } from "../../store/use";
import type { JobAnswer } from "../../wire/types";
import { JobActions } from "./JobActions";
import { Neighbours } from "./Neighbours";
import { happened } from "./words";

/** The head of a job: what it is, what has happened to it, and what can be done. */
export function JobHead({ view, answer }: { view: JobView; answer: JobAnswer }) {
  const store = useStore();
  const { job } = answer;
  useKeys({
    copy: () => {
      void store.host.copy(answer.id).then((isCopied) => store.toasts.say(isCopied ? "Identifier copied" : answer.id));
    },
    above: () => store.go({ screen: "jobs", ...listOf(view), at: job.shortId }),
  });
  return (
    <header class="head">
      <div>
        <h1>
          <StateGlyph state={job.state} progress={answer.progress[0]?.progress} named /> {answer.type}{" "}
          <span class="mono job-id">{job.shortId}</span>
          <CopyButton text={answer.id} label="Copy the identifier" />
        </h1>
        <p class="soft">
          <TagList tags={job.tags} /> <span class="small job-happened">{happened(answer, new Date(store.host.now()))}</span>
          {answer.pinned !== undefined && <span class="small job-pinned">Pinned{answer.pinned === "" ? "" : `: ${answer.pinned}`}</span>}
        </p>
        {answer.notes.map((note) => (
          <p key={note.at} class="small job-note">
            {note.text} <span class="faint">{note.by}</span>
          </p>
        ))}
        <NoteField target={{ jobs: [job.job] }} on="this job" />
      </div>
      <div class="end">
        <Neighbours view={view} job={job.job} />
        <JobActions view={view} answer={answer} />
      </div>
    </header>
  );
}
