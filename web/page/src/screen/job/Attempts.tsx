import type { JobView } from "../../address/view";
import type { LogChoice } from "../../part/LogTools";
import { StateGlyph } from "../../part/StateGlyph";
import type { AttemptLine, JobAnswer, Phase } from "../../wire/types";
import { accountedText, attemptsText, spanText } from "./words";

/** The attempts of a job, the newest first, with the way to their logs. */
export function Attempts({ view, answer, onChoice }: { view: JobView; answer: JobAnswer; onChoice: (change: LogChoice) => void }) {
  const newest = answer.attempts.toReversed();
  const shown = view.attempt ?? newest[0]?.number;
  const last = newest[0]?.number ?? 0;
  return (
    <section aria-label="Attempts">
      <div class="section-head">
        <h2>Attempts</h2>
        <span class="end faint small">{attemptsText(answer.attempts)}</span>
      </div>
      <table>
        <tbody>
          {newest.flatMap((attempt) => [
            <tr key={attempt.number} aria-current={attempt.number === shown || undefined} title={attempt.message}>
              <td class="glyph-cell">
                <StateGlyph state={phaseOf(attempt, answer)} named />
              </td>
              <td class="strong">{attempt.number}</td>
              <td class="small cut" title={attempt.worker === undefined ? undefined : `In a warm worker (${attempt.worker})`}>
                {attempt.cause ?? attempt.host}
                {attempt.worker === undefined ? "" : " · warm worker"}
              </td>
              <td class="number small soft">{spanText(attempt.started, attempt.ended)}</td>
              <td class="number small">
                <button class="as-link" onClick={() => onChoice({ attempt: attempt.number })}>
                  log
                </button>
              </td>
            </tr>,
            attempt.accounted === undefined ? null : (
              <tr key={`${attempt.number} accounted`}>
                <td />
                <td class="small soft" colSpan={4}>
                  {accountedText(attempt.accounted)}
                </td>
              </tr>
            ),
          ])}
        </tbody>
      </table>
      {answer.job.state === "failed" && (
        <p class="soft small">A retry is attempt {last + 1}. Files and log of attempt {last} stay.</p>
      )}
    </section>
  );
}

function phaseOf(attempt: AttemptLine, answer: JobAnswer): Phase {
  if (attempt.cause !== undefined) {
    return "failed";
  }
  const isLast = attempt.number === answer.attempts.at(-1)?.number;
  return isLast ? answer.job.state : "done";
}
