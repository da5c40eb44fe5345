import { jobOf, partsOf, selectionOf } from "../../address/job";
import type { TimelineView } from "../../address/view";
import { Link } from "../../part/Link";
import { StateGlyph } from "../../part/StateGlyph";
import { TagList } from "../../part/TagList";
import { counted, durationText, sumOf } from "../../part/words";
import { useAnswer } from "../../store/use";
import { question } from "../../wire/questions";
import type { JobAnswer, TimeBar } from "../../wire/types";
import { endOf } from "./bars";

/** What is known of the attempt at the cursor. Its place is fixed: it covers nothing. */
export function CursorBar({ bar, lane, view, now }: { bar: TimeBar; lane: string; view: TimelineView; now: number }) {
  const { value } = useAnswer<JobAnswer>(question(["jobs", ...bar.job.job.split("/")]));
  const attempt = value?.attempts.find((one) => one.started === bar.from);
  const why = attempt?.message ?? (value?.job.job === bar.job.job ? value.message : undefined);
  return (
    <div class="cursor-bar" role="status">
      <StateGlyph state={bar.job.state} named />
      <Link to={jobOf(selectionOf(view), bar.job.job)} class="strong">
        {partsOf(bar.job.job).type}
      </Link>
      <span class="mono faint">{bar.job.shortId}</span>
      <TagList tags={bar.job.tags} most={6} />
      {bar.merged === undefined ? null : <span>and {counted(sumOf(bar.merged) - 1, "short job")} after it</span>}
      <span class="soft">{spentText(bar, lane, now)}</span>
      {why === undefined || bar.job.state === "done" ? null : <span class="is-failed mono cut">{why}</span>}
      <span class="end faint small">at the cursor</span>
    </div>
  );
}

/** Returns how long an attempt waited and ran, and where: `waited 57 min, ran 30 min on node04`. */
export function spentText(bar: TimeBar, lane: string, now: number): string {
  const from = Date.parse(bar.from);
  const waited = bar.queued === undefined ? 0 : (from - Date.parse(bar.queued)) / 1000;
  const ran = (endOf(bar, now) - from) / 1000;
  const verb = bar.to === undefined ? "has run" : "ran";
  return `${waited >= 1 ? `waited ${durationText(waited)}, ` : ""}${verb} ${durationText(ran)} on ${lane}`;
}
