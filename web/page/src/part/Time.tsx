import { exactTimeText, timeText } from "./words";
import { useStore } from "../store/use";

/** A time: the clock today, the day before. The exact time and its zone are told on hover and focus. */
export function Time({ at, class: name }: { at: string; class?: string }) {
  const store = useStore();
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) {
    return <span class={name}>{at}</span>;
  }
  return (
    <time dateTime={at} title={exactTimeText(time)} class={name}>
      {timeText(time, new Date(store.host.now()))}
    </time>
  );
}
