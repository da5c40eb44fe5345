import { SECTIONS, wordsOf } from "../keys/document";
import { useStore } from "../store/use";
import { Dialog } from "./Dialog";

/** The map of all keys, which can be turned off here. */
export function Help() {
  const store = useStore();
  const { areKeysOn, setKeys } = store.preferences;
  const close = (): void => store.setHelp(false);
  return (
    <Dialog label="Keys" close={close} keys={{ help: close }}>
      <div class="section-head">
        <h2>Keys</h2>
        <span class="faint">they work everywhere, but not while you type</span>
        <span class="end">
          <button type="button" class="button quiet" data-focus onClick={close}>
            Close <kbd>Esc</kbd>
          </button>
        </span>
      </div>
      <div class="key-columns">
        {SECTIONS.map((section) => (
          <section key={section}>
            <h3>{section}</h3>
            {wordsOf(section).map(([words, keys]) => (
              <div key={words}>
                <span>{words}</span>
                <span>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </span>
              </div>
            ))}
          </section>
        ))}
      </div>
      <label class="key-switch">
        <input type="checkbox" checked={areKeysOn.value} onChange={(event) => setKeys(event.currentTarget.checked)} /> Keys of a single letter work. Arrows, Enter and Esc always do.
      </label>
    </Dialog>
  );
}
