import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useKeys } from "../keys/use";
import type { Handlers } from "../keys/dispatch";
import "./Dialog.css";

interface Properties {
  label: string;
  close: () => void;
  keys?: Handlers;
  children: ComponentChildren;
}

/** A dialog above the page. Focus goes to what has `data-focus`, and back to where it was. */
export function Dialog({ label, close, keys = {}, children }: Properties) {
  const place = useRef<HTMLDialogElement>(null);
  useKeys({ clear: close, ...keys }, true);
  useEffect(() => {
    const before = document.activeElement;
    const dialog = place.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("[data-focus]")?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) {
        before.focus();
      }
    };
  }, []);
  return (
    <dialog
      ref={place}
      aria-label={label}
      onCancel={(event) => (event.preventDefault(), close())}
      onClick={(event) => event.target === place.current && close()}
    >
      <div class="dialog-body">{children}</div>
    </dialog>
  );
}
