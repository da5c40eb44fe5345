import { signal } from "@preact/signals";
import type { Host } from "./host";

export interface Toast {
  id: number;
  text: string;
  undo?: string; // entry of the trash
  isHeld: boolean; // the pointer or the focus is on it
  until: number;
}

const SECONDS = 10;

/** Short messages about what was done. Each goes after ten seconds, but not under the hand of the reader. */
export function createToasts(host: Host) {
  const all = signal<Toast[]>([]);
  let last = 0;

  function remove(id: number): void {
    all.value = all.peek().filter((toast) => toast.id !== id);
  }

  function wait(id: number): void {
    host.after(SECONDS * 1000, () => {
      const toast = all.peek().find((one) => one.id === id);
      if (toast !== undefined && !toast.isHeld && toast.until <= host.now()) {
        remove(id);
      }
    });
  }

  return {
    all,
    remove,
    say(text: string, undo?: string): void {
      const id = ++last;
      const until = host.now() + SECONDS * 1000;
      all.value = [...all.peek(), { id, text, isHeld: false, until, ...(undo === undefined ? {} : { undo }) }];
      wait(id);
    },
    /** Holds a message, or lets it go ten seconds later. */
    hold(id: number, isHeld: boolean): void {
      const until = host.now() + SECONDS * 1000;
      all.value = all.peek().map((toast) => (toast.id === id ? { ...toast, isHeld, until } : toast));
      if (!isHeld) {
        wait(id);
      }
    },
  };
}

export type Toasts = ReturnType<typeof createToasts>;
