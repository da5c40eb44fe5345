import { computed, signal } from "@preact/signals";
import type { Host } from "./host";

/** `system` follows the system's choice. */
export const THEMES = ["system", "dark", "light"] as const;
export type Theme = (typeof THEMES)[number];

const THEME = "experimaestro.theme";
const KEYS = "experimaestro.keys";
const WRAP = "experimaestro.wrap";

/** What belongs to the reader, and not to an address; kept in this browser. */
export function createPreferences(host: Host) {
  const theme = signal<Theme>(THEMES.find((name) => name === host.remembered(THEME)) ?? "system");
  const isSystemDark = signal(host.isDark());
  host.onDark(() => (isSystemDark.value = host.isDark()));
  const areKeysOn = signal(host.remembered(KEYS) !== "off");
  const areLinesWrapped = signal(host.remembered(WRAP) === "on");
  return {
    theme,
    /** Whether colours on dark are shown: canvases are painted anew when it changes. */
    isDark: computed(() => (theme.value === "system" ? isSystemDark.value : theme.value === "dark")),
    areKeysOn,
    areLinesWrapped,
    toggleWrap(): void {
      areLinesWrapped.value = !areLinesWrapped.peek();
      host.remember(WRAP, areLinesWrapped.peek() ? "on" : undefined);
    },
    nextTheme(): void {
      const next = THEMES[(THEMES.indexOf(theme.peek()) + 1) % THEMES.length] ?? "system";
      host.remember(THEME, next === "system" ? undefined : next);
      theme.value = next;
    },
    setKeys(on: boolean): void {
      host.remember(KEYS, on ? undefined : "off");
      areKeysOn.value = on;
    },
  };
}
