import "./Progress.css";

/** How far a job is, from 0 to 1, as a thin bar. */
export function Progress({ progress }: { progress: number }) {
  const percent = Math.round(Math.min(1, Math.max(0, progress)) * 100);
  return (
    <span class="progress" role="img" aria-label={`${percent} %`}>
      <i style={{ width: `${percent}%` }} />
    </span>
  );
}
