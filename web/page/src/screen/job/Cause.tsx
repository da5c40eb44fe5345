import { selectionOf } from "../../address/job";
import type { JobView } from "../../address/view";
import { JobName } from "../../part/JobName";
import { JobText } from "../../part/JobText";
import { Link } from "../../part/Link";
import { Progress } from "../../part/Progress";
import { TagList } from "../../part/TagList";
import { Time } from "../../part/Time";
import { durationText } from "../../part/words";
import type { JobAnswer } from "../../wire/types";
import { causeTitle } from "./words";

/** What is to be known first: why a job failed or waits, or how far it is. */
export function Cause({ view, answer }: { view: JobView; answer: JobAnswer }) {
  const isBad = isFailure(answer);
  return (
    <section aria-label={causeTitle(answer)}>
      <div class="section-head">
        <h2>{causeTitle(answer)}</h2>
        {answer.cause !== undefined && <span class="end faint small">cause {answer.cause}</span>}
      </div>
      <div class={isBad ? "cause is-bad" : "cause"}>
        {isBad && answer.message !== undefined && <pre>{answer.message}</pre>}
        <Reason answer={answer} view={view} />
        <Progresses answer={answer} />
        {isBad && <Nearest answer={answer} view={view} />}
        <Runs answer={answer} />
        {answer.deletedDependencies.length > 0 && <p>It used jobs that are deleted now: {answer.deletedDependencies.join(", ")}.</p>}
      </div>
    </section>
  );
}

const isFailure = ({ job: { state } }: JobAnswer): boolean => state === "failed" || state === "corrupt";

function Reason({ answer, view }: { answer: JobAnswer; view: JobView }) {
  const { reason } = answer;
  if (reason === undefined) {
    return null;
  }
  const isSaid = isFailure(answer) && answer.message !== undefined; // a job that is tried again has the message of its failure too
  return (
    <>
      {!isSaid && (
        <p class="strong">
          <JobText text={reason.subject} jobs={reason.jobs} list={view} />
        </p>
      )}
      {reason.jobs.length > 0 && (
        <ul>
          {reason.jobs.map((job) => (
            <li key={job.job}>
              <JobName job={job} list={view} /> <TagList tags={job.tags} most={5} />
            </li>
          ))}
        </ul>
      )}
      {reason.advice !== "" && (
        <p>
          <JobText text={reason.advice} jobs={reason.jobs} list={view} />
        </p>
      )}
      {reason.expectedStart !== undefined && (
        <p>
          Expected to start: <Time at={reason.expectedStart} />
          {reason.asOf !== undefined && (
            <>
              , as of <Time at={reason.asOf} />
            </>
          )}
          .
        </p>
      )}
    </>
  );
}

function Progresses({ answer }: { answer: JobAnswer }) {
  if (answer.job.state !== "running" && answer.job.state !== "starting") {
    return null;
  }
  const { left } = answer;
  return (
    <>
      {answer.progress.length === 0 && <p>It tells no progress.</p>}
      {answer.progress.map((level) => (
        <p key={level.level} class="cause-progress">
          <Progress progress={level.progress} /> <span class="number">{Math.floor(100 * level.progress)} %</span> {level.description}
        </p>
      ))}
      {left !== undefined && (
        <p class="soft">
          {left.seconds === undefined ? "" : `about ${durationText(left.seconds)} left, `}
          {left.basis}
        </p>
      )}
    </>
  );
}

function Nearest({ answer, view }: { answer: JobAnswer; view: JobView }) {
  const { nearest, job } = answer;
  if (nearest === undefined) {
    return null;
  }
  return (
    <p>
      Nearest done job:{" "}
      <Link to={{ screen: "compare", ...selectionOf(view), jobs: [nearest.job.job, job.job] }} class="mono">
        {nearest.job.shortId}
      </Link>
      {nearest.differences.length === 0 ? "." : <>, differs in <b class="mono">{nearest.differences.join(", ")}</b>.</>}
    </p>
  );
}

function Runs({ answer }: { answer: JobAnswer }) {
  if (answer.runs.length === 0) {
    return <p class="soft">No run has submitted it.</p>;
  }
  const shown = answer.runs.slice(0, 3);
  return (
    <p class="soft">
      Submitted by{" "}
      {shown.map(({ experiment, run }, index) => (
        <>
          {index > 0 && ", "}
          <Link to={{ screen: "run", scope: { experiment, run } }}>
            {experiment}/{run}
          </Link>
        </>
      ))}
      {answer.runs.length > shown.length && ` and ${answer.runs.length - shown.length} more`}
    </p>
  );
}
