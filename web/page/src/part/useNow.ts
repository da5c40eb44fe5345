import { useEffect, useState } from "preact/hooks";
import { useStore } from "../store/use";

/** Returns the time, and draws again each `milliseconds` while `isWanted`: for what grows while a job runs. */
export function useNow(milliseconds: number, isWanted: boolean): number {
  const store = useStore();
  const [now, setNow] = useState(store.host.now());
  useEffect(() => (isWanted ? store.host.after(milliseconds, () => setNow(store.host.now())) : undefined), [now, isWanted, milliseconds]);
  return now;
}
