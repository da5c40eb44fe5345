import type { Scope } from "../../address/view";
import { useKeys } from "../../keys/use";
import { useClock } from "../../part/clock";
import { CommandLine } from "../../part/CommandLine";
import { Link } from "../../part/Link";
import { NoteField } from "../../part/NoteField";
import { TagList } from "../../part/TagList";
import { Time } from "../../part/Time";
import { clockText, counted, durationText, numberText, timeText } from "../../part/words";
import { useStore } from "../../store/use";
import { exportAddress } from "../../wire/questions";
import type { Counts, RunAnswer } from "../../wire/types";
import { JobsHere } from "./JobsHere";

/** The run in a sentence, and what can be done with it. */
export function RunHead({ answer, scope }: { answer: RunAnswer; scope: Scope }) {
  const { counts } = answer.run;
  const failed = (counts.failed ?? 0) + (counts.corrupt ?? 0);
  return (
    <>
      <div class="head">
        <div>
          <h1>
            {numberText(counts.done ?? 0)} of {numberText(answer.total)} done
            {failed === 0 ? null : (
              <>
                <span> · </span>
                <Link class="is-failed" to={{ screen: "jobs", scope, q: counts.corrupt === undefined ? "state=failed" : "state=failed,corrupt" }}>
                  {numberText(failed)} failed
                </Link>
              </>
            )}
            <Outlook answer={answer} />
          </h1>
          {answer.title === undefined ? null : <p>{answer.title}</p>}
          {answer.description === undefined ? null : <p class="soft small">{answer.description}</p>}
          <Origin answer={answer} />
          <NoteField target={{ run: nameOf(answer) }} on="this run" />
          {answer.run.state === "running" && answer.jobsHere !== undefined ? <JobsHere run={nameOf(answer)} jobs={answer.jobsHere} /> : null}
        </div>
        <Offers answer={answer} scope={scope} failed={counts.failed ?? 0} />
      </div>
      <AsOf answer={answer} />
      <Ending answer={answer} />
      {answer.code === undefined ? null : <CommandLine command={answer.code.checkout} label={`Code: ${answer.code.text}`} />}
    </>
  );
}

/** Of which time the states of a former run are. */
function AsOf({ answer }: { answer: RunAnswer }) {
  const { run, changed } = answer;
  if (changed === 0 || (changed === undefined && run.state !== "ended" && run.state !== "died")) {
    return null;
  }
  return (
    <p class="soft small">
      {changed === undefined
        ? "This run has not recorded how it left its jobs: their states are those of now."
        : `As the run ended; ${counted(changed, "job")} ${changed === 1 ? "has" : "have"} another state now, which the list of jobs shows.`}
    </p>
  );
}

function Outlook({ answer }: { answer: RunAnswer }) {
  const now = useClock();
  const { run, left } = answer;
  if (run.state !== "running") {
    const words = run.state === "died" ? "its process has ended without a result" : (run.outcome ?? run.state);
    return words === "done" ? null : <span> · {words}</span>;
  }
  if (run.paused !== undefined) {
    return <span> · paused since {untilText(new Date(run.paused), new Date(now))}</span>;
  }
  if (left === undefined) {
    return null;
  }
  if (left.seconds === undefined) {
    return <span title={left.basis}> · no forecast: {left.basis}</span>;
  }
  const end = new Date(now + left.seconds * 1000);
  return (
    <span title={left.basis}>
      {" "}
      · about {durationText(left.seconds < 60 ? left.seconds : Math.round(left.seconds / 60) * 60)} left, until {untilText(end, new Date(now))}
    </span>
  );
}

/** Returns a time: the clock, with the day if it is another one. */
function untilText(end: Date, now: Date): string {
  const day = timeText(end, now);
  return end.toDateString() === now.toDateString() ? day : `${day} ${clockText(end)}`;
}

function Origin({ answer }: { answer: RunAnswer }) {
  const now = useClock();
  const { run, plan, host, cores } = answer;
  const from = run.started === undefined ? NaN : Date.parse(run.started);
  const to = run.ended === undefined ? now : Date.parse(run.ended);
  return (
    <p class="soft small">
      {plan === undefined ? "Run" : <>Plan <span class="mono">{plan}</span></>}
      {host === undefined ? null : ` on ${host}`}
      {Number.isNaN(from) ? null : (
        <>
          {" · began "}
          <Time at={run.started ?? ""} />, {run.ended === undefined ? `${durationText(Math.max(0, (to - from) / 1000))} ago` : `took ${durationText((to - from) / 1000)}`}
        </>
      )}
      {cores === undefined ? null : ` · ${cores.isExact ? "" : "about "}${coreText(cores.seconds)}${run.ended === undefined ? " so far" : ""}`}
      {answer.energy === undefined ? null : ` · ${answer.energy}`}
      {answer.left?.seconds === undefined ? null : ` · time left: ${answer.left.basis}`}
      {answer.saved.length === 0 ? null : ` · saved for other experiments: ${answer.saved.join(", ")}`}
      {run.note === undefined ? null : ` · ${run.note}`}
      {run.tags === undefined || run.tags.length === 0 ? null : <> · <TagList tags={Object.fromEntries(run.tags.map(tagOf))} /></>}
    </p>
  );
}

/** Returns the time of cores: `61 core-hours`, `0.4 core-hours`. */
function coreText(seconds: number): string {
  const hours = seconds / 3600;
  return counted(hours < 10 ? Math.round(hours * 100) / 100 : Math.round(hours), "core-hour");
}

/** Returns the name and the value of a tag; the value may have an `=` too. */
function tagOf(tag: string): [name: string, value: string] {
  const at = tag.indexOf("=");
  return at < 0 ? [tag, ""] : [tag.slice(0, at), tag.slice(at + 1)];
}

function Offers({ answer, scope, failed }: { answer: RunAnswer; scope: Scope; failed: number }) {
  const { actions, host } = useStore();
  const isAlive = answer.run.state === "running";
  const active = activeOf(answer.run.counts);
  const hindrance = actions.hindrance();
  const run = `${scope.experiment}/${scope.run}`;
  const retry = (): void => void actions.plan("retry", { run, q: "state=failed" });
  const kill = (): void => void actions.plan("kill", { run, q: "state=running,starting,queued" });
  const isPaused = answer.run.paused !== undefined;
  const pauseRun = (): void => void actions.plan(isPaused ? "resume" : "pause", { run: nameOf(answer) });
  useKeys({ ...(isAlive ? { pauseRun } : {}), ...(isAlive && failed > 0 ? { retry } : {}), ...(active > 0 ? { kill } : {}) });
  return (
    <div class="end">
      <a class="button" href={host.fileLink(exportAddress(scope))} download="" title="This run as one file, which a browser opens from a disk">
        Export
      </a>
      {isAlive && failed > 0 ? (
        <button type="button" class="button primary" aria-disabled={hindrance !== undefined} title={hindrance ?? ""} onClick={retry}>
          Retry {numberText(failed)} failed <kbd>r</kbd>
        </button>
      ) : null}
      {isAlive ? (
        <button type="button" class="button" aria-disabled={hindrance !== undefined} title={hindrance ?? ""} onClick={pauseRun}>
          {isPaused ? "Resume…" : "Pause…"} <kbd>P</kbd>
        </button>
      ) : null}
      {active > 0 ? (
        <button type="button" class="button" aria-disabled={hindrance !== undefined} title={hindrance ?? ""} onClick={kill}>
          Kill {counted(active, "job")}… <kbd>K</kbd>
        </button>
      ) : null}
    </div>
  );
}

/** Returns the name of the run itself, where the address may say `latest`. */
function nameOf({ run }: RunAnswer): string {
  return `${run.experiment}/${run.run}`;
}

function activeOf(counts: Counts): number {
  return (counts.running ?? 0) + (counts.starting ?? 0) + (counts.queued ?? 0);
}

/** What is to be known of a run whose process is not there any more. */
function Ending({ answer }: { answer: RunAnswer }) {
  const { run } = answer;
  const done = run.counts.done ?? 0;
  if (run.state === "running" || (run.state === "ended" && done === answer.total)) {
    return null;
  }
  const active = activeOf(run.counts);
  const goesOn = active === 0 ? "" : ` ${counted(active, "job")} ${active === 1 ? "goes" : "go"} on.`;
  return (
    <div class="inset run-ending">
      <p>
        {run.state === "died" ? "The plan's process has ended without a result." : "The run is over."}
        {goesOn} Run it again to do the rest; what is done stays done.
      </p>
      {answer.again === undefined ? null : <CommandLine command={answer.again} />}
    </div>
  );
}
