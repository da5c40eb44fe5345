import { useStore } from "../store/use";
import { useCountdown } from "./useCountdown";
import { clockText } from "./words";
import "./Live.css";

/** How true the page is: the time of what is shown never leaves the screen. */
export function Live() {
  const store = useStore();
  const now = store.live.value;
  const left = useCountdown(now.state === "lost" ? now.retryAt : undefined);
  if (now.state === "opening") {
    return <Sign isOff words="Connecting" />;
  }
  const at = now.at === undefined ? "" : clockText(new Date(now.at), true);
  if (now.state === "live") {
    return <Sign words="Live" at={at} title="p pauses" />;
  }
  const asOf = at === "" ? "Not connected" : `As of ${at}`;
  if (now.state === "paused") {
    return (
      <Sign isOff words={`${asOf}, paused`}>
        <button type="button" class="link" onClick={store.togglePause}>
          Go on
        </button>
      </Sign>
    );
  }
  return (
    <Sign isOff words={asOf} title={now.problem?.error ?? "Jobs go on without the monitor."}>
      <button type="button" class="link" onClick={store.retryNow}>
        {left === 0 ? "trying again now" : `trying again in ${left} s`}
      </button>
    </Sign>
  );
}

function Sign({ words, at, title, isOff = false, children }: { words: string; at?: string; title?: string; isOff?: boolean; children?: preact.ComponentChildren }) {
  return (
    <div class={isOff ? "live off" : "live"} {...(title === undefined ? {} : { title })}>
      <b>{words}</b>
      {at === undefined ? null : <time>{at}</time>}
      {children}
    </div>
  );
}
