import { useStore } from "../store/use";
import { NotedToasts } from "./NotedToasts";
import "./Toasts.css";

/** Messages about what was done, and the way back. */
export function Toasts() {
  const store = useStore();
  const { all, hold, remove } = store.toasts;
  return (
    <div class="toasts" role="status" aria-live="polite">
      <NotedToasts />
      {all.value.map(({ id, text, undo }) => (
        <div
          key={id}
          class="toast"
          onPointerEnter={() => hold(id, true)}
          onPointerLeave={() => hold(id, false)}
          onFocusIn={() => hold(id, true)}
          onFocusOut={() => hold(id, false)}
        >
          <span>{text}</span>
          {undo === undefined ? null : (
            <button type="button" onClick={() => (remove(id), store.actions.undoEntry(undo))}>
              Undo <kbd>z</kbd>
            </button>
          )}
          <button type="button" aria-label="Close this message" onClick={() => remove(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
