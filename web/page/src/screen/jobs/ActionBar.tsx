import { ALL, type JobsView } from "../../address/view";
import { useKeys } from "../../keys/use";
import { counted, numberText } from "../../part/words";
import type { Target } from "../../store/actions";
import type { Act } from "../../store/actionWords";
import { useStore } from "../../store/use";
import { setSelected } from "./gridKeys";

/** What can be done with the selected jobs. */
export function ActionBar({ view, selected }: { view: JobsView; selected: number }) {
  const store = useStore();
  const ids = view.selected ?? [];
  const isAll = ids.includes(ALL);
  const count = isAll ? selected : ids.length;
  const target: Target = isAll
    ? { ...(view.scope && { run: `${view.scope.experiment}/${view.scope.run}` }), q: view.q ?? "" }
    : { jobs: ids };
  const hindrance = store.actions.hindrance();
  const plan = (act: Act) => (): void => void store.actions.plan(act, target);

  function compare(): void {
    if (isAll || ids.length < 2) {
      store.toasts.say(isAll ? "Select some jobs by x, instead of all" : "Select another job by x");
      return;
    }
    store.go({ screen: "compare", ...(view.scope && { scope: view.scope }), ...(view.q && { q: view.q }), jobs: ids });
  }

  async function copy(): Promise<void> {
    const isDone = await store.host.copy(isAll ? (view.q ?? "") : ids.join("\n"));
    store.toasts.say(isDone ? (isAll ? "Copied the filter" : `Copied ${counted(count, "identifier")}`) : "The browser does not allow to copy");
  }

  useKeys(
    count === 0
      ? {}
      : { compare, copy: () => void copy(), retry: plan("retry"), kill: plan("kill"), clean: plan("clean"), pin: plan("pin") },
  );
  if (count === 0) {
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
