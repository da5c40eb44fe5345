import { useEffect, useRef, useState } from "preact/hooks";
import { keysOf } from "../keys/table";
import { useKeys } from "../keys/use";
import type { Target } from "../store/actions";
import { useStore } from "../store/use";
import "./Note.css";

/** A field for a note on a job or a run, which opens by a button or a key; Enter writes the note, Esc leaves it. */
export function NoteField({ target, on }: { target: Target; on: string }) {
  const store = useStore();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [isSending, setSending] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const hindrance = store.actions.hindrance();
  function open(): void {
    if (hindrance === undefined) {
      setOpen(true);
    } else {
      store.toasts.say(`${hindrance}. Nothing was changed.`);
    }
  }
  useKeys({ note: open });
  useEffect(() => (isOpen ? field.current?.focus() : undefined), [isOpen]);

  async function write(): Promise<void> {
    if (text.trim() === "" || isSending) {
      return;
    }
    setSending(true);
    const isWritten = await store.actions.note(target, text.trim());
    setSending(false);
    if (isWritten) {
      setText("");
      setOpen(false);
    }
  }
  function press(event: KeyboardEvent): void {
    if (event.key === "Enter") {
      event.preventDefault();
      void write();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      setOpen(false);
    }
  }
  return isOpen ? (
    <p class="note-field">
      <label class="find">
        <input ref={field} type="text" aria-label={`Note on ${on}`} placeholder={`A note on ${on}`} value={text} onInput={(event) => setText(event.currentTarget.value)} onKeyDown={press} />
      </label>
      <button type="button" class="button" aria-disabled={text.trim() === "" || isSending} onClick={() => void write()}>
        Write
      </button>
      <button type="button" class="button quiet" onClick={() => setOpen(false)}>
        Leave it <kbd>Esc</kbd>
      </button>
    </p>
  ) : (
    <button type="button" class="link soft small" aria-disabled={hindrance !== undefined} title={hindrance ?? ""} onClick={open}>
      Write a note <kbd>{keysOf("note")}</kbd>
    </button>
  );
}
