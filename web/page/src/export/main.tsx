import { render } from "preact";
import "../style/tokens.css";
import "../style/base.css";
import "../style/controls.css";
import { createKeys } from "../keys/dispatch";
import { KeysContext } from "../keys/use";
import { ExportedRows } from "./data/rows";
import { unpack } from "./data/unpack";
import { App } from "./view/App";
import { createModel, ModelContext } from "./view/model";
import { placeOf } from "./view/place";
import { KEYS } from "./view/keys";

/** Shows the data of this file in the place of what a reader saw while they were unpacked. */
async function show(): Promise<void> {
  const rows = new ExportedRows(await unpack(document.getElementById("data")?.textContent ?? ""));
  const model = createModel(rows, placeOf(location.hash), (fragment, replaces) => {
    if (replaces) {
      history.replaceState(null, "", fragment);
    } else {
      history.pushState(null, "", fragment);
    }
  });
  const read = (): void => {
    model.place.value = placeOf(location.hash);
  };
  window.addEventListener("popstate", read);
  window.addEventListener("hashchange", read);
  const keys = createKeys(() => Date.now(), () => true, KEYS);
  window.addEventListener("keydown", (event) => {
    if (keys.press(event)) {
      event.preventDefault();
    }
  });
  const place = document.getElementById("page");
  if (place !== null) {
    place.replaceChildren();
    render(
      <KeysContext.Provider value={keys}>
        <ModelContext.Provider value={model}>
          <App />
        </ModelContext.Provider>
      </KeysContext.Provider>,
      place,
    );
  }
}

show().catch((failure: unknown) => {
  const place = document.querySelector("#page p");
  if (place !== null) {
    place.textContent = `This file cannot be read: ${String(failure)}. It may have been cut on its way; export the run again.`;
  }
});
