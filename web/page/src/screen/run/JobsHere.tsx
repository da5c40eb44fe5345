import { useEffect, useRef, useState } from "preact/hooks";
import { keysOf } from "../../keys/table";
import { useKeys } from "../../keys/use";
import { useStore } from "../../store/use";
import { counted, numberText } from "../../part/words";

/** How many jobs a run has at once on its machine, and a field to change that; Enter asks, Esc leaves it. */
export function JobsHere({ run, jobs }: { run: string; jobs: number }) {
  const { actions } = useStore();
  const [text, setText] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const hindrance = actions.hindrance();
  const open = (): void => (hindrance === undefined ? setText(String(jobs)) : undefined);
  const isOpen = text !== undefined;
  useKeys({ jobsHere: open });
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [isOpen]);
  if (text === undefined) {
    return (
      <button type="button" class="link soft small" aria-disabled={hindrance !== undefined} title={hindrance ?? "Changes how many jobs run at once"} onClick={open}>
        At most {counted(jobs, "job")} at once… <kbd>{keysOf("jobsHere")}</kbd>
      </button>
    );
  }
  const wanted = /^[1-9][0-9]{0,8}$/.test(text.trim()) ? Number(text) : undefined;
  function set(): void {
    if (wanted !== undefined && wanted !== jobs) {
      setText(undefined);
      void actions.plan("set", { run, jobsHere: wanted });
    }
  }
  function press(event: KeyboardEvent): void {
    if (event.key === "Enter") {
      event.preventDefault();
      set();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      setText(undefined);
    }
  }
  return (
    <span class="note-field">
      <label class="find">
        <input ref={field} type="text" inputMode="numeric" size={4} aria-label="Jobs at once" value={text} aria-invalid={wanted === undefined} onInput={(event) => setText(event.currentTarget.value)} onKeyDown={press} />
      </label>
      <button type="button" class="button" aria-disabled={wanted === undefined || wanted === jobs} title={wanted === undefined ? "A number from 1" : wanted === jobs ? `${numberText(jobs)} run at once already` : ""} onClick={set}>
        Set…
      </button>
      <button type="button" class="button quiet" onClick={() => setText(undefined)}>
        Leave it <kbd>Esc</kbd>
      </button>
    </span>
  );
}
