import { useKeys } from "../../keys/use";
import { StateGlyph } from "../../part/StateGlyph";
import { durationText, exactTimeText, sizeText } from "../../part/words";
import { paint } from "../../log/spans";
import { PLAIN, type Style } from "../../log/style";
import type { ExportedValue } from "../data/value";
import { Go } from "./Go";
import { useModel } from "./model";
import { Parameters } from "./Parameters";
import { ShortId } from "./ShortId";

/** All that the file has of one job. */
export function JobDetail({ name }: { name: string }) {
  const model = useModel();
  const { rows } = model;
  useKeys({ clear: () => model.go({ job: undefined }), above: () => model.go({ job: undefined }) });
  let row = 0;
  while (row < rows.size && rows.name(row) !== name) {
    row++;
  }
  if (row === rows.size) {
    return (
      <p class="inset">
        This file has no job {name}. <Go to={{}}>Back</Go>
      </p>
    );
  }
  const error = rows.text("error", row);
  const notes = (rows.field("notes", row) ?? []) as string[];
  return (
    <article class="inset export-job" aria-label="Job">
      <p class="export-back">
        <Go to={{}}>← Back to the list</Go>
      </p>
      <h2 class="export-title">
        <StateGlyph state={rows.phase(row)} named /> {rows.text("type", row) ?? ""} <ShortId id={rows.text("id", row) ?? ""} />
      </h2>
      <Facts row={row} />
      {error === undefined ? null : <pre class="export-error is-failed">{lines(error)}</pre>}
      {notes.map((note, index) => (
        <p key={index}>Note: {note}</p>
      ))}
      <div class="export-parts">
        <Values title="Tags" values={rows.tagsOf(row)} />
        <Values title="Metrics" values={rows.metricsOf(row)} />
        <Parameters parameters={rows.parametersOf(row)} />
        <Neighbours title="Needs" jobs={rows.needs(row)} />
        <Neighbours title="Needed by" jobs={rows.neededBy(row)} />
        <Attempts row={row} />
      </div>
      <Log row={row} />
    </article>
  );
}

function Facts({ row }: { row: number }) {
  const { rows } = useModel();
  const at = (ago: number | undefined): string | undefined => (ago === undefined ? undefined : exactTimeText(new Date(rows.now - ago)));
  const amount = (name: string, text: (value: number) => string): string | undefined => {
    const value = rows.number(name, row);
    return value === undefined ? undefined : text(value);
  };
  const duration = (milliseconds: number): string => durationText(milliseconds / 1000);
  const facts: [string, string | undefined][] = [
    ["State", rows.phase(row)],
    ["What", rows.text("what", row)],
    ["Cause", rows.text("cause", row)?.replaceAll("_", " ")],
    ["Host", rows.text("host", row)],
    ["Launcher", rows.text("launcher", row)],
    ["Began", at(rows.number("started", row))],
    ["Ended", at(rows.number("ended", row))],
    ["Took", amount("time", duration)],
    ["CPU time", amount("cpu", duration)],
    ["Collecting garbage", amount("gc", duration)],
    ["Memory", amount("memory", sizeText)],
    ["Attempt", rows.text("attempt", row)],
    ["Pinned", rows.text("pinned", row) === "yes" ? "yes" : undefined],
  ];
  return (
    <dl class="pairs export-facts">
      {facts.map(([name, text]) =>
        text === undefined ? null : (
          <>
            <dt>{name}</dt>
            <dd>{text}</dd>
            <dd />
          </>
        ),
      )}
    </dl>
  );
}

/** Names and values that are shown at once; the others after a click. */
const MOST_VALUES = 100;

function Values({ title, values }: { title: string; values: [string, ExportedValue][] }) {
  const line = ([name, value]: [string, ExportedValue]) => (
    <li key={name}>
      <span class="faint">{name}</span> = {value.text}
    </li>
  );
  return values.length === 0 ? null : (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul class="mono">{values.slice(0, MOST_VALUES).map(line)}</ul>
      {values.length > MOST_VALUES ? (
        <p class="faint small">and {values.length - MOST_VALUES} more, which filters and columns know</p>
      ) : null}
    </section>
  );
}

function Neighbours({ title, jobs }: { title: string; jobs: readonly (number | string)[] }) {
  const { rows } = useModel();
  return jobs.length === 0 ? null : (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {jobs.slice(0, MOST_VALUES).map((job) => (
          <li key={job}>
            {typeof job === "string" ? (
              <>
                {job.slice(0, job.lastIndexOf("/"))} <ShortId id={job.slice(job.lastIndexOf("/") + 1)} />
              </>
            ) : (
              <>
                <StateGlyph state={rows.phase(job)} named />{" "}
                <Go to={{ job: rows.name(job) }}>
                  {rows.text("type", job) ?? ""} <ShortId id={rows.text("id", job) ?? ""} />
                </Go>
              </>
            )}
          </li>
        ))}
      </ul>
      {jobs.length > MOST_VALUES ? <p class="faint small">and {jobs.length - MOST_VALUES} more</p> : null}
    </section>
  );
}

function Attempts({ row }: { row: number }) {
  const { rows } = useModel();
  const attempts = rows.attempts(row);
  return attempts.length < 2 ? null : (
    <section aria-label="Attempts">
      <h3>Attempts</h3>
      <ol>
        {attempts.map(({ number, host, batchJob, started, cause }) => (
          <li key={number}>
            {number}: {[host, batchJob, started, cause].filter((part) => part !== undefined).join(", ")}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Log({ row }: { row: number }) {
  const { rows } = useModel();
  const log = rows.log(row);
  if (log === undefined) {
    return rows.phase(row) === "failed" ? <p class="faint">This file has no log of the job: see what it leaves out.</p> : null;
  }
  return (
    <section aria-label="End of the log">
      <h3>End of the log</h3>
      <pre class="export-log" tabIndex={0}>
        {lines(log)}
      </pre>
    </section>
  );
}

/** Returns lines whose escape sequences choose among the page's own styles, and do nothing else. */
function lines(text: string) {
  let style: Style = PLAIN;
  return text.split("\n").map((line, index) => {
    const painted = paint(line.endsWith("\r") ? line.slice(0, -1) : line, style);
    style = painted.style;
    return (
      <span key={index} class="log-line">
        {painted.spans.map((span, at) => (
          <span key={at} {...(span.raw === undefined ? { class: span.classes } : { class: "hidden-mark", "data-shown": span.text })}>
            {span.raw ?? span.text}
          </span>
        ))}
        {"\n"}
      </span>
    );
  });
}
