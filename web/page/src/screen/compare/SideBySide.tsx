import { partsOf } from "../../address/job";
import { useState } from "preact/hooks";
import { LogView } from "../../part/LogView";
import type { LogChoice } from "../../part/LogTools";
import type { CompareAnswer } from "../../wire/types";

/** The logs of the jobs of a comparison, beside each other. */
export function SideBySide({ answer }: { answer: CompareAnswer }) {
  return (
    <div class="side-by-side" style={{ "--columns": String(Math.min(answer.jobs.length, 3)) }}>
      {answer.jobs.map((job, index) => (
        <OneLog key={job.job} job={job.job} title={job.shortId} hasKeys={index === 0} />
      ))}
    </div>
  );
}

const NONE_TO_CHOOSE: readonly number[] = [];

function OneLog({ job, title, hasKeys }: { job: string; title: string; hasKeys: boolean }) {
  const [choice, setChoice] = useState<LogChoice>({});
  const { type, id } = partsOf(job);
  return (
    <LogView
      owner={["jobs", type, id]}
      attempts={NONE_TO_CHOOSE}
      choice={choice}
      onChoice={(change) => change.line === undefined && setChoice((former) => ({ ...former, ...change }))}
      title={title}
      hasKeys={hasKeys}
    />
  );
}
