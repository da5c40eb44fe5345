import { useEffect, useState } from "preact/hooks";
import { useStore } from "../store/use";

/** Returns the whole seconds until a time of this page's clock, and draws again each second; 0 without a time. */
export function useCountdown(until: number | undefined): number {
  const store = useStore();
  const [, draw] = useState(0);
  useEffect(() => {
    if (until === undefined) {
      return undefined;
    }
    let stop = (): void => {};
    const tick = (): void => {
      draw((count) => count + 1);
      stop = store.host.after(1000, tick);
    };
    stop = store.host.after(1000, tick);
    return () => stop();
  }, [until, store]);
  return until === undefined ? 0 : Math.max(0, Math.ceil((until - store.host.now()) / 1000));
}
