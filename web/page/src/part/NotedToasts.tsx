import { useEffect } from "preact/hooks";
import { jobsText, VERBS } from "../store/actionWords";
import { useAnswer, useStore } from "../store/use";
import { notedQuestion } from "../wire/questions";
import type { NotedAction, NotedAnswer } from "../wire/types";
import { useCountdown } from "./useCountdown";

/** The actions that wait, with the seconds that are left to take each of them back. */
export function NotedToasts() {
  const store = useStore();
  const { value } = useAnswer<NotedAnswer>(notedQuestion);
  useEffect(() => store.noted.arrived(value?.actions ?? []), [value, store]);
  const Toast = store.live.value.state === "lost" ? Unknown : Waiting;
  return (
    <>
      {store.noted.waiting(value?.actions ?? []).map((action) => (
        <Toast key={action.id} action={action} />
      ))}
    </>
  );
}

/** An action of a server that no longer answers: a server that ends performs nothing, but the connection may be lost alone. */
function Unknown({ action }: { action: NotedAction }) {
  return (
    <div class="toast">
      <span>
        {VERBS[action.action]} {jobsText(action.jobs)}: the monitor does not answer, so it is not known whether this was done
      </span>
    </div>
  );
}

function Waiting({ action }: { action: NotedAction }) {
  const store = useStore();
  const left = useCountdown(store.ownTime(action.until));
  return (
    <div class="toast">
      <span>
        {VERBS[action.action]} {jobsText(action.jobs)} <span aria-hidden="true">in {left} s</span>
      </span>
      <button type="button" onClick={() => void store.actions.undoNoted(action.id)}>
        Undo <kbd>z</kbd>
      </button>
    </div>
  );
}
