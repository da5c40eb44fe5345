import { effect } from "@preact/signals";
import { render } from "preact";
import "./style/tokens.css";
import "./style/base.css";
import "./style/controls.css";
import { App } from "./frame/App";
import { globalKeys } from "./frame/globalKeys";
import { createKeys } from "./keys/dispatch";
import { plain } from "./log/spans";
import { browserHost } from "./store/host";
import { createStore } from "./store/store";
import { titleOf } from "./store/title";
import "./style/forced.css";
import "./style/print.css";

const store = createStore(browserHost());
const keys = createKeys(() => Date.now(), () => store.preferences.areKeysOn.value);
const global = globalKeys(store);
keys.add({ handlers: () => global, isModal: false });

effect(() => {
  const theme = store.preferences.theme.value;
  if (theme === "system") {
    delete document.documentElement.dataset["theme"];
  } else {
    document.documentElement.dataset["theme"] = theme;
  }
});
effect(() => {
  document.title = plain(titleOf(store.view.value, store.run.value, store.workspace.value));
});
window.addEventListener("keydown", (event) => {
  if (keys.press(event)) {
    event.preventDefault();
  }
});

const place = document.getElementById("page");
if (place !== null) {
  render(<App store={store} keys={keys} />, place);
}
