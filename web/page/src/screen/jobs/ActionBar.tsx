import { ALL, type JobsView } from "../../address/view";
import { useKeys } from "../../keys/use";
import { counted, numberText } from "../../part/words";
import type { Target } from "../../store/actions";
import type { Act } from "../../store/actionWords";
import { useStore } from "../../store/use";
import { useChosen } from "./chosen";
import { setSelected } from "./gridKeys";

interface Properties {
  view: JobsView;
  asked: Pick<JobsView, "scope" | "q">; // what the list shows, while the filter of the view is not yet answered
  total: number; // jobs of the list
}

/** What can be done with the selected jobs: those that the list has. */
export function ActionBar({ view, asked, total }: Properties) {
  const store = useStore();
  const ids = view.selected ?? [];
  const isAll = ids.includes(ALL);
  const { here, gone } = useChosen(view, asked);
  const count = isAll ? total : ids.length - gone;
  const target: Target = isAll
    ? { ...(asked.scope && { run: `${asked.scope.experiment}/${asked.scope.run}` }), q: asked.q ?? "" }
    : { jobs: here ?? [] };
  const isKnown = isAll || here !== undefined;
  const lack = isKnown ? (count === 0 ? "The list has none of the selected jobs" : undefined) : "The selected jobs are still looked for";
  const hindrance = store.actions.hindrance() ?? lack;

  const plan = (act: Act) => (): void => {
    if (hindrance === undefined) {
      void store.actions.plan(act, target);
    } else {
      store.toasts.say(`${hindrance}. Nothing was changed.`);
    }
  };

  function compare(): void {
    if (isAll || ids.length < 2) {
      store.toasts.say(isAll ? "Select some jobs by x, instead of all" : "Select another job by x");
      return;
    }
    store.go({ screen: "compare", ...(view.scope && { scope: view.scope }), ...(view.q && { q: view.q }), jobs: ids });
  }

  async function copy(): Promise<void> {
    const isDone = await store.host.copy(isAll ? (view.q ?? "") : ids.join("\n"));
    store.toasts.say(isDone ? (isAll ? "Copied the filter" : `Copied ${counted(ids.length, "identifier")}`) : "The browser does not allow to copy");
  }

  useKeys(
    ids.length === 0
      ? {}
      : { compare, copy: () => void copy(), retry: plan("retry"), kill: plan("kill"), clean: plan("clean"), pin: plan("pin") },
  );
  if (ids.length === 0) {
    return null;
  }
  const button = (act: Act, words: string, key: string, danger = false) => (
    <button type="button" class={danger ? "button danger" : "button"} aria-disabled={hindrance !== undefined} title={hindrance ?? ""} onClick={plan(act)}>
      {words} <kbd>{key}</kbd>
    </button>
  );
  return (
    <div class="actions" role="toolbar" aria-label={`${counted(count, "selected job")}`}>
      <b>{numberText(count)} selected</b>
      {gone === 0 ? null : (
        <span class="soft small one-line" title="Another filter hides them, or they were cleaned">
          {numberText(gone)} more not in this list: left alone
        </span>
      )}
      <button type="button" class="button primary" aria-disabled={isAll || ids.length < 2} onClick={compare}>
        Compare <kbd>c</kbd>
      </button>
      {button("retry", "Retry…", "r")}
      {button("kill", "Kill…", "K", true)}
      {button("clean", "Clean…", "D", true)}
      <button type="button" class="button" onClick={copy}>
        Copy <kbd>y</kbd>
      </button>
      <button type="button" class="button quiet end" onClick={() => setSelected(store, [])}>
        Clear <kbd>Esc</kbd>
      </button>
    </div>
  );
}
