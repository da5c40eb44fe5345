import { tabOf, scopeOf, TABS, type Screen, type Tab } from "../address/view";
import { Icon, Logo, ThemeIcon } from "../part/Icon";
import { Link } from "../part/Link";
import { Live } from "../part/Live";
import { numberText, sumOf } from "../part/words";
import { useStore } from "../store/use";
import { ExperimentChooser, RunChooser } from "./Choosers";
import "./TopBar.css";

const NAMES: Record<Tab, string> = { run: "Run", jobs: "Jobs", table: "Table", charts: "Charts", timeline: "Timeline", graph: "Graph" };

/** Returns the tab that a screen belongs to. */
function tabOfScreen(screen: Screen): Tab | undefined {
  return screen === "job" || screen === "compare" ? "jobs" : TABS.find((tab) => tab === screen);
}

/** Where the reader is: the experiment, the run, the view of its jobs, and how true it is. */
export function TopBar() {
  const store = useStore();
  const scope = scopeOf(store.view.value);
  const { theme, nextTheme } = store.preferences;
  return (
    <header class="top-bar">
      <div class="crumbs">
        <Link to={{ screen: "workspace" }} aria-label="Experiments" class="home">
          <Logo />
        </Link>
        <ExperimentChooser />
        {scope === undefined ? null : (
          <>
            <span class="slash wide-only">/</span>
            <RunChooser key={scope.experiment} scope={scope} />
          </>
        )}
      </div>
      <Tabs />
      <Live />
      <button type="button" class="button quiet icon-only wide-only" aria-label={`Theme: ${theme.value}. Switch to the next`} title="Theme (t)" onClick={nextTheme}>
        <ThemeIcon />
      </button>
      <button type="button" class="button quiet icon-only wide-only" aria-label="Keys" title="Keys (?)" onClick={() => store.setHelp(true)}>
        ?
      </button>
    </header>
  );
}

function Tabs() {
  const store = useStore();
  const view = store.view.value;
  const current = tabOfScreen(view.screen);
  const run = store.run.value;
  const isWhole = scopeOf(view) === undefined;
  return (
    <nav class="tabs" aria-label="Views">
      {isWhole ? (
        <Link to={{ screen: "workspace" }} {...(view.screen === "workspace" ? { "aria-current": "page" } : {})}>
          <Icon name="run" />
          Experiments
        </Link>
      ) : null}
      {TABS.map((tab) => {
        const to = tabOf(tab, view);
        const count = tab === "jobs" ? (isWhole ? store.workspace.value?.jobs : run && sumOf(run.run.counts)) : undefined;
        return to === undefined ? null : (
          <Link key={tab} to={to} {...(tab === current ? { "aria-current": "page" } : {})}>
            <Icon name={tab} />
            {NAMES[tab]}
            {count === undefined ? null : <small>{numberText(count)}</small>}
          </Link>
        );
      })}
    </nav>
  );
}
