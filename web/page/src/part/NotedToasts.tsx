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
  const isLost = store.live.value.state === "lost"; // then nobody knows what became of them
  return <>{isLost ? null : store.noted.waiting(value?.actions ?? []).map((action) => <Waiting key={action.id} action={action} />)}</>;
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
