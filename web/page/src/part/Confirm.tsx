import type { ComponentChildren } from "preact";
import { partsOf } from "../address/job";
import { useStore } from "../store/use";
import type { Doing } from "../store/actions";
import { effectWords, runQuestion, VERBS, type Act, type JobAct } from "../store/actionWords";
import type { ActionAnswer, JobLink } from "../wire/types";
import { Dialog } from "./Dialog";
import { ProblemNote } from "./ProblemNote";
import { StateGlyph } from "./StateGlyph";
import { TagList } from "./TagList";
import { counted, numberText, sizeText } from "./words";

/** What follows an action, and whether it can be taken back. */
const FOLLOWS: Record<JobAct, string> = {
  kill: "They get a signal to end, clean up, and count as failed. This cannot be taken back.",
  retry: "After 10 s, they run again with what they have written so far. Jobs that were skipped because of them wait again.",
  clean: "After 10 s, their folders go to the trash, from which they can be brought back.",
  pin: "Nothing may clean them until they are unpinned.",
  unpin: "They may be cleaned again.",
  note: "The note is kept with them.",
};

/** Jobs of each kind that are shown. */
const SHOWN = 20;

/** The question before an action: how many jobs, what is lost, and what follows. */
export function Confirm() {
  const store = useStore();
  const { actions } = store;
  const doing = actions.doing.value;
  if (doing === undefined) {
    return null;
  }
  const confirm = (event?: KeyboardEvent): void => {
    if (event?.repeat !== true) {
      void actions.confirm();
    }
  };
  return (
    <Dialog label={titleOf(doing)} close={actions.cancel} keys={{ confirm }}>
      <h2>{titleOf(doing)}</h2>
      {doing.problem === undefined ? null : <ProblemNote problem={doing.problem} />}
      {doing.problem === undefined && doing.plan !== undefined ? <Plan act={doing.act} plan={doing.plan} /> : null}
      <div class="dialog-end">
        <button type="button" class="button" data-focus onClick={actions.cancel}>
          {doing.stage === "planning" ? "Cancel" : doing.problem === undefined && canDo(doing) ? "Leave as it is" : "Close"} <kbd>Esc</kbd>
        </button>
        {doing.problem === undefined && canDo(doing) ? (
          <button type="button" class="button danger" aria-disabled={doing.stage === "performing"} onClick={() => confirm()}>
            {runQuestion(doing.act) === undefined ? `${VERBS[doing.act]} ${numberText(doing.plan?.possibleTotal ?? 0)}` : VERBS[doing.act]} <kbd>y</kbd>
          </button>
        ) : null}
      </div>
    </Dialog>
  );
}

function canDo(doing: Doing): boolean {
  return (doing.plan?.possibleTotal ?? 0) > 0;
}

function titleOf({ act, stage, plan, problem }: Doing): string {
  if (stage === "planning") {
    return "Looking…";
  }
  if (problem !== undefined) {
    return "Nothing was changed";
  }
  const ofRun = runQuestion(act);
  if (ofRun !== undefined) {
    return ofRun;
  }
  return plan === undefined || plan.possibleTotal === 0
    ? `Nothing to ${VERBS[act].toLowerCase()}`
    : `${VERBS[act]} ${counted(plan.possibleTotal, "job")}?`;
}

function Plan({ act, plan }: { act: Act; plan: ActionAnswer }) {
  if (plan.effect !== undefined) {
    return <p class="soft">{effectWords(act, plan.effect)}</p>;
  }
  return (
    <>
      {plan.possibleTotal === 0 ? null : <p class="soft">{FOLLOWS[act as JobAct]}</p>}
      {plan.dependents > 0 ? <p>{counted(plan.dependents, "other job")} {plan.dependents === 1 ? "uses" : "use"} their results.</p> : null}
      {plan.bytes > 0 ? <p class="soft">{sizeText(plan.bytes)} become free when the trash is emptied.</p> : null}
      <ul class="dialog-list small">
        {plan.possible.slice(0, SHOWN).map(({ job, effect }) => (
          <Subject key={job.job} job={job}>
            <span class="soft">{effect}</span>
          </Subject>
        ))}
        {plan.possibleTotal > SHOWN ? <li class="soft">and {numberText(plan.possibleTotal - SHOWN)} more</li> : null}
        {plan.impossible.slice(0, SHOWN).map(({ job, reason }) => (
          <Subject key={job.job} job={job}>
            <span class="is-failed">Not: {reason}</span>
          </Subject>
        ))}
        {plan.impossibleTotal > SHOWN ? <li class="soft">and {numberText(plan.impossibleTotal - SHOWN)} more that cannot</li> : null}
      </ul>
    </>
  );
}

/** A job that an action is for, by what the reader knows it by. */
function Subject({ job, children }: { job: JobLink; children: ComponentChildren }) {
  return (
    <li>
      <StateGlyph state={job.state} named /> {partsOf(job.job).type} <span class="mono faint">{job.shortId}</span> <TagList tags={job.tags} most={6} /> {children}
    </li>
  );
}
