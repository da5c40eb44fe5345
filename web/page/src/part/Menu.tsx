import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useKeys } from "../keys/use";
import "./Menu.css";

interface Properties {
  label: string; // what the button opens
  face: ComponentChildren; // of the button
  isOpen: boolean;
  setOpen: (isOpen: boolean) => void;
  children: ComponentChildren; // links and buttons, each within an `li`
  class?: string;
}

/** A button that opens a list of links. Arrows move in it; a choice, Esc, and a click elsewhere close it. */
export function Menu({ label, face, isOpen, setOpen, children, class: name = "" }: Properties) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) {
      return undefined;
    }
    const outside = (event: Event): void => {
      if (!place.current?.contains(event.target as Node)) {
        setOpen(false);
      }
    };
    place.current?.querySelector<HTMLElement>(".menu a, .menu button")?.focus();
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [isOpen]);

  function move(event: KeyboardEvent, step: number): void {
    const items = [...(place.current?.querySelectorAll<HTMLElement>(".menu a, .menu button") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[(at + step + items.length) % items.length]?.focus();
    event.preventDefault();
  }

  function close(): void {
    setOpen(false);
    place.current?.querySelector<HTMLElement>("button")?.focus();
  }

  /** Closes the list when the focus goes on to another part of the page, which then gets the keys. */
  function leave(event: FocusEvent): void {
    if (event.relatedTarget instanceof Node && !place.current?.contains(event.relatedTarget)) {
      setOpen(false);
    }
  }

  useKeys(isOpen ? { down: (event) => move(event, 1), up: (event) => move(event, -1), clear: close } : undefined, true);
  return (
    <div class={`menu-place ${name}`} ref={place} onFocusOut={leave}>
      <button type="button" class="menu-button" aria-haspopup="true" aria-expanded={isOpen} aria-label={label} onClick={() => setOpen(!isOpen)}>
        {face}
      </button>
      {isOpen ? (
        <ul class="menu" onClick={close}>
          {children}
        </ul>
      ) : null}
    </div>
  );
}
