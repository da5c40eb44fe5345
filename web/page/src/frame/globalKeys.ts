import { toggledState } from "../address/filter";
import { filterOf, tabOf, type Tab } from "../address/view";
import type { Handlers } from "../keys/dispatch";
import type { Store } from "../store/store";

/** Returns what keys do on each screen. */
export function globalKeys(store: Store): Handlers {
  const go = (tab: Tab) => (): void | false => {
    const view = tabOf(tab, store.view.peek());
    if (view === undefined) {
      return false;
    }
    store.go(view);
  };
  return {
    goRun: () => {
      store.go(tabOf("run", store.view.peek()) ?? { screen: "workspace" });
    },
    goJobs: go("jobs"),
    goTable: go("table"),
    goCharts: go("charts"),
    goTimeline: go("timeline"),
    goGraph: go("graph"),
    failedOnly: () => store.setFilter(toggledState(filterOf(store.view.peek()), "failed", false)),
    undo: () => void store.actions.undo(),
    theme: store.preferences.nextTheme,
    pause: store.togglePause,
    help: () => store.setHelp(true),
  };
}
