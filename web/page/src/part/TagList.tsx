import type { Tags } from "../wire/types";
import { valueOf } from "./words";
import "./TagList.css";

/** Tags as `k1=1.5 b=0.75`, at most `most` of them. */
export function TagList({ tags, most = 12 }: { tags: Tags; most?: number }) {
  const all = Object.entries(tags);
  return (
    <span class="tags">
      {all.slice(0, most).map(([name, value]) => (
        <span key={name} class="tag">
          <i>{name}=</i>
          {valueOf(value)}
        </span>
      ))}
      {all.length > most ? <span class="tag faint">and {all.length - most} more</span> : null}
    </span>
  );
}
