import { computed, signal } from "@preact/signals";
import { filterOf, filtered, scopeOf, type View } from "../address/view";
import { notedQuestion, runQuestion, titleQuestion, workspaceQuestion } from "../wire/questions";
import type { NotedAnswer, RunAnswer, WorkspaceAnswer } from "../wire/types";
import { createActions } from "./actions";
import { createAnswers, type Answers } from "./answers";
import type { Host } from "./host";
import { createLive } from "./live";
import { createNoted } from "./noted";
import { createPlace } from "./place";
import { createPreferences } from "./preferences";
import { createToasts } from "./toasts";

/** Everything that the page knows. Only the parts of a store write signals; components read them. */
export function createStore(host: Host) {
  const place = createPlace(host);
  const connection = createLive(
    host,
    (): Answers => answers,
    () => titleQuestion(place.view.peek()),
  );
  const answers = createAnswers(host, connection.questionsChanged);
  const toasts = createToasts(host);
  const isHelpOpen = signal(false);

  const workspace = computed(() => answers.of<WorkspaceAnswer>(workspaceQuestion).value.value);
  const run = computed(() => {
    const scope = scopeOf(place.view.value);
    return scope === undefined ? undefined : answers.of<RunAnswer>(runQuestion(scope)).value.value;
  });
  const noted = createNoted(() => answers.of<NotedAnswer>(notedQuestion), toasts);
  const actions = createActions(
    host,
    () => connection.live.peek(),
    () => answers.of<WorkspaceAnswer>(workspaceQuestion).peek().value,
    toasts,
    noted,
    () => answers.readAgain(),
  );

  return {
    host,
    view: place.view,
    go: place.go,
    replace: place.replace,
    /** Shows the jobs of another filter: a choice is a step, typing is none. */
    setFilter(q: string, isTyping = false): void {
      const view: View = place.view.peek();
      const next = filtered(view, q);
      if (q !== filterOf(view) || next.screen !== view.screen) {
        (isTyping && next.screen === view.screen ? place.replace : place.go)(next);
      }
    },
    answer: answers.of,
    readAgain: answers.readAgain,
    workspace,
    run,
    live: connection.live,
    togglePause: connection.togglePause,
    retryNow: connection.retryNow,
    preferences: createPreferences(host),
    ownTime: connection.ownTime,
    actions,
    noted,
    toasts,
    isHelpOpen,
    setHelp(isOpen: boolean): void {
      isHelpOpen.value = isOpen;
    },
  };
}

export type Store = ReturnType<typeof createStore>;

