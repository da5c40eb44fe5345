import { act, ask, askForStream } from "../wire/request";
import { takeKeys, withFileKey } from "../wire/key";
import { browserWindows, sharedSources } from "../wire/shared";
import { openSource } from "../wire/source";
import type { StreamHost } from "../wire/stream";

/** What the store needs of the browser, so that a test can be the browser, its clock and its server. */
export interface Host extends StreamHost {
  ask<T>(question: string, signal: AbortSignal): Promise<T>;
  askForStream(question: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>;
  act<T>(path: string, body: unknown, signal: AbortSignal): Promise<T>;
  /** Returns the address by which the browser itself opens a file of the server. */
  fileLink(address: string): string;
  /** Calls before the next picture is drawn; soon, if none is drawn because the tab is hidden. */
  beforeFrame(act: () => void): void;
  now(): number;
  isHidden(): boolean;
  onHidden(listener: () => void): void;
  /** Returns whether the system prefers colours on dark. */
  isDark(): boolean;
  onDark(listener: () => void): void;
  reload(): void;
  address(): string;
  push(address: string): void;
  replace(address: string): void;
  onAddress(listener: () => void): void;
  remembered(name: string): string | undefined;
  remember(name: string, value: string | undefined): void;
  /** Copies text, and returns whether that was possible. */
  copy(text: string): Promise<boolean>;
}

/** Returns the host that is the browser. */
export function browserHost(): Host {
  if (takeKeys(location.hash, storage())) {
    history.replaceState(null, "", location.pathname + location.search); // nobody copies the keys with the address
  }
  const after: Host["after"] = (milliseconds, then) => {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  };
  const windows = browserWindows();
  const dark = matchMedia("(prefers-color-scheme: dark)");
  return {
    ask,
    askForStream,
    act,
    fileLink: withFileKey,
    open: windows === undefined ? (address) => openSource(address) : sharedSources((address) => openSource(address), windows, after),
    after,
    beforeFrame(then) {
      if (document.hidden) {
        setTimeout(then, 0);
      } else {
        requestAnimationFrame(then);
      }
    },
    now: () => Date.now(),
    isHidden: () => document.hidden,
    onHidden: (listener) => document.addEventListener("visibilitychange", listener),
    isDark: () => dark.matches,
    onDark: (listener) => dark.addEventListener("change", listener),
    reload: () => location.reload(),
    address: () => location.pathname + location.search,
    push: (address) => history.pushState(null, "", address),
    replace: (address) => history.replaceState(null, "", address),
    onAddress: (listener) => addEventListener("popstate", listener),
    remembered(name) {
      try {
        return localStorage.getItem(name) ?? undefined;
      } catch {
        return undefined; // storage is off: the default holds
      }
    },
    remember(name, value) {
      try {
        if (value === undefined) {
          localStorage.removeItem(name);
        } else {
          localStorage.setItem(name, value);
        }
      } catch {
        // storage is off: it holds until the page is closed
      }
    },
    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** Returns the storage of this origin; undefined where the browser denies it. */
function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
