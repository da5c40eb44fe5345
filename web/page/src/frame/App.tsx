import { KeysContext } from "../keys/use";
import type { Keys } from "../keys/dispatch";
import { Closed } from "../part/Closed";
import { Confirm } from "../part/Confirm";
import { Help } from "../part/Help";
import { showHidden } from "../part/hidden";
import { News } from "../part/News";
import { Glyphs } from "../part/StateGlyph";
import { Toasts } from "../part/Toasts";
import { Screens } from "../screen/Screens";
import type { Store } from "../store/store";
import { StoreContext } from "../store/use";
import { FilterBar } from "./FilterBar";
import { TopBar } from "./TopBar";

showHidden();

/** The whole page. */
export function App({ store, keys }: { store: Store; keys: Keys }) {
  return (
    <StoreContext.Provider value={store}>
      <KeysContext.Provider value={keys}>
        <Glyphs />
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <TopBar />
        <FilterBar />
        <main id="main" tabIndex={-1}>
          <Closed />
          <Screens />
        </main>
        <Toasts />
        <News />
        <Dialogs store={store} />
      </KeysContext.Provider>
    </StoreContext.Provider>
  );
}

function Dialogs({ store }: { store: Store }) {
  return (
    <>
      {store.isHelpOpen.value ? <Help /> : null}
      {store.actions.doing.value === undefined ? null : <Confirm />}
    </>
  );
}
