import type { ReadonlySignal } from "@preact/signals";
import type { NotedAction, NotedAnswer } from "../wire/types";
import { changedWords, jobsText, VERBS } from "./actionWords";
import type { Answer } from "./answers";
import type { Toasts } from "./toasts";

/** The actions that wait on the server: each tab shows them, and says what became of those that it has shown. */
export function createNoted(answer: () => ReadonlySignal<Answer<NotedAnswer>>, toasts: Toasts) {
  const shown = new Set<string>();

  const waiting = (actions: readonly NotedAction[]): NotedAction[] => actions.filter(({ state }) => state === "noted");

  return {
    /** Shows an action that this tab has confirmed, whatever the next answer says of it. */
    confirmed: (action: NotedAction): void => void shown.add(action.id),
    /** Takes the actions as they are now: says what became of those that have waited here. */
    arrived(actions: readonly NotedAction[]): void {
      for (const action of actions) {
        if (action.state === "noted" || action.state === "performing") {
          shown.add(action.id);
        } else if (shown.delete(action.id)) {
          toasts.say(endWords(action), action.undo);
        }
      }
    },
    waiting,
    /** Returns the action that was confirmed last and can still be taken back. */
    newest: (): NotedAction | undefined => waiting(answer().peek().value?.actions ?? []).at(-1),
  };
}

export type Noted = ReturnType<typeof createNoted>;

function endWords(action: NotedAction): string {
  const { jobs, state, reason = "" } = action;
  if (state === "done") {
    return changedWords(action.action, action.possibleTotal ?? jobs, action.impossibleTotal ?? 0, reason);
  }
  const what = `${VERBS[action.action]} ${jobsText(jobs)}`;
  return state === "refused" ? `${what}: nothing was changed. ${reason}` : `${what}: taken back, nothing was changed`;
}
