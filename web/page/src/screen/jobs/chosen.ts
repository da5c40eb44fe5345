import { and } from "../../address/filter";
import { ALL, type JobsView } from "../../address/view";
import { useStore } from "../../store/use";
import { groupsQuestion } from "../../wire/questions";
import type { JobsAnswer } from "../../wire/types";

/** So many groups one answer has at most: a group for each job. */
const AT_ONCE = 200;

/** The selected jobs of a list. */
export interface Chosen {
  here: string[] | undefined; // those that the list has; not yet known
  gone: number; // those that it has no more: another filter is shown, or they were cleaned
}

/** Returns which selected jobs the list has. An action is for these alone: nobody has seen the others beside it. */
export function useChosen(view: JobsView, asked: Pick<JobsView, "scope" | "q">): Chosen {
  const store = useStore();
  const ids = view.selected?.includes(ALL) === true ? [] : (view.selected ?? []);
  const here = new Set<string>();
  let isKnown = true;
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const question = groupsQuestion({ ...(asked.scope && { scope: asked.scope }), q: and(asked.q ?? "", `id=${some.join(",")}`), by: ["id"] });
    const { value, problem } = store.answer<JobsAnswer>(question).value;
    isKnown &&= value !== undefined || problem !== undefined;
    const found = value?.groups.map(({ label }) => label) ?? [];
    some.filter((id) => found.some((whole) => whole.startsWith(id))).forEach((id) => here.add(id));
  }
  return isKnown ? { here: [...here], gone: ids.length - here.size } : { here: undefined, gone: 0 };
}
