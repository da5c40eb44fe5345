import { useStore } from "../store/use";

/**
 * Returns the time that a screen computes ages and ends from: that of its answers. While the page is not kept true
 * it stands, so that nothing old looks as if it went on.
 */
export function useClock(): number {
  const store = useStore();
  const live = store.live.value;
  const at = "at" in live && live.at !== undefined ? Date.parse(live.at) : NaN;
  return Number.isNaN(at) ? store.host.now() : Math.floor(at / 1000) * 1000;
}
