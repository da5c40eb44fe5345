import { act, cleanup, render } from "@testing-library/preact";
import { createAnswers, problemOf } from "../../fixtures/answers.ts";
import { createKeys } from "../keys/dispatch";
import { fakeHost, type FakeHost } from "../store/fakeHost";
import { createStore, type Store } from "../store/store";
import { Problem } from "../wire/request";
import { App } from "./App";
import { globalKeys } from "./globalKeys";

/** The whole page at an address, with invented answers. */
export interface PageOfTest {
  host: FakeHost;
  store: Store;
  press(...keys: string[]): Promise<void>;
}

const invented = createAnswers(250);

/** Opens the page; `change` changes answers before the page gets them. */
export async function openPage(
  address: string,
  change: (question: string, answer: unknown) => unknown = (_, answer) => answer,
  perform?: (path: string, body: unknown) => unknown,
): Promise<PageOfTest> {
  cleanup();
  const ask = (question: string): unknown => {
    try {
      return change(question, structuredClone(invented(question)));
    } catch (failure) {
      const { status, ...problem } = problemOf(failure);
      throw new Problem(status, problem);
    }
  };
  const host = fakeHost(ask, address, perform);
  const pass = host.pass;
  host.pass = async (milliseconds) => void (await act(() => pass(milliseconds))); // what is drawn, and its effects
  const store = createStore(host);
  const keys = createKeys(host.now, () => store.preferences.areKeysOn.value);
  const global = globalKeys(store);
  keys.add({ handlers: () => global, isModal: false });
  render(<App store={store} keys={keys} />);
  await host.pass(400);
  await host.pass(400);

  async function press(...pressed: string[]): Promise<void> {
    for (const key of pressed) {
      const event = new KeyboardEvent("keydown", { key, bubbles: true });
      Object.defineProperty(event, "target", { value: document.activeElement ?? document.body });
      keys.press(event);
      await host.pass(50);
    }
    await host.pass(400);
  }
  return { host, store, press };
}
