import { useRef } from "preact/hooks";
import type { RunView } from "../../address/view";
import { keysOf } from "../../keys/table";
import { useKeys } from "../../keys/use";
import { Link } from "../../part/Link";
import { StateGlyph } from "../../part/StateGlyph";
import { Time } from "../../part/Time";
import { useStore } from "../../store/use";
import type { ActionLine, BesideAnswer, Phase, ProcessLine, ServiceLine } from "../../wire/types";
import { BesideDetail } from "./BesideDetail";
import { OpenService } from "./OpenService";
import "./Beside.css";

/** The shape of a state of a process beside a run. */
const SHAPES: Record<ProcessLine["state"], Phase> = { starting: "starting", running: "running", done: "done", failed: "failed", vanished: "failed", stopped: "skipped", elsewhere: "queued" };

/** What people execute and start beside a run; the one that the address names is open. */
export function Beside({ view, answer }: { view: RunView; answer: BesideAnswer }) {
  const list = useRef<HTMLUListElement>(null);
  const store = useStore();
  useKeys({
    beside: () => (list.current?.querySelector<HTMLElement>("[aria-expanded='true']") ?? list.current?.querySelector("a"))?.focus(),
    ...(view.beside === undefined ? {} : { clear: () => store.go({ screen: "run", scope: view.scope }) }),
  });
  const lines = [...answer.actions.map((line) => ["actions", line] as const), ...answer.services.map((line) => ["services", line] as const)];
  return (
    <section aria-label="Actions and services" class="beside">
      <div class="section-head">
        <h2>Actions and services</h2>
        <kbd>{keysOf("beside")}</kbd>
      </div>
      {answer.problems.map((problem) => (
        <p key={problem} class="is-failed">{problem}</p>
      ))}
      <ul ref={list}>
        {lines.map(([kind, line]) => {
          const name = `${kind}/${line.name}`;
          const isOpen = view.beside === name;
          return (
            <li key={name} class={isOpen ? "is-open" : ""}>
              <div class="beside-line">
                <StateGlyph state={line.last === undefined ? "new" : SHAPES[line.last.state]} />
                <Link to={{ screen: "run", scope: view.scope, ...(isOpen ? {} : { beside: name }) }} aria-expanded={isOpen} class="strong">
                  {line.name}
                </Link>
                <StateOf line={line} />
                <span class="end">
                  {"questions" in line ? <ActionButtons {...{ view, line, name }} run={answer.run} /> : <ServiceButtons {...{ answer, line }} />}
                </span>
              </div>
              {isOpen && <BesideDetail key={name} {...{ view, line }} run={answer.run} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What has become of it, in words: the result or the reason, too. */
function StateOf({ line }: { line: ActionLine | ServiceLine }) {
  const { last } = line;
  if (last === undefined) {
    return <span class="soft small beside-state">never started{"reason" in line ? ` · ${line.reason}` : ""}</span>;
  }
  const at = last.ended ?? last.started;
  const hasEnded = last.ended !== undefined;
  return (
    <span class="soft small beside-state">
      {last.isStopping ? "stopping" : last.state}
      {last.host === undefined ? "" : ` on ${last.host}`}
      {at === undefined ? null : <>{hasEnded ? " " : " since "}<Time at={at} /></>}
      {last.text === "" ? null : <span class={SHAPES[last.state] === "failed" ? "is-failed" : ""}> · <Result text={last.text} /></span>}
    </span>
  );
}

/** The result of an action. One that is an address is a link; the browser opens nothing else. */
function Result({ text }: { text: string }) {
  return /^https?:\/\/\S+$/.test(text) ? <a href={text} target="_blank" rel="noopener noreferrer">{text}</a> : <>{text}</>;
}

function ActionButtons({ view, line, name, run }: { view: RunView; line: ActionLine; name: string; run: string }) {
  if (isActive(line.last)) {
    return <StopButton run={run} target={{ action: line.name }} what={line.name} />;
  }
  return line.possible && view.beside !== name ? (
    <Link class="button" to={{ screen: "run", scope: view.scope, beside: name }} aria-label={`Execute ${line.name}`}>
      Execute…
    </Link>
  ) : null;
}

function ServiceButtons({ answer, line }: { answer: BesideAnswer; line: ServiceLine }) {
  const { actions } = useStore();
  const hindrance = actions.hindrance();
  const isElsewhere = line.last?.state === "elsewhere";
  return isActive(line.last) ? (
    <>
      <OpenService {...{ answer, line }} />
      <StopButton run={answer.run} target={{ service: line.name }} what={line.name} />
    </>
  ) : (
    <button
      type="button"
      class="button"
      aria-label={`Start ${line.name}`}
      aria-disabled={hindrance !== undefined}
      title={hindrance ?? (isElsewhere ? "Only once you know that it has ended on its host" : `On ${answer.host}`)}
      onClick={() => void actions.plan("start", { run: answer.run, service: line.name, ...(isElsewhere ? { hasEnded: true } : {}) })}
    >
      {isElsewhere ? "It has ended: start…" : "Start…"}
    </button>
  );
}

function StopButton({ run, target, what }: { run: string; target: { action: string } | { service: string }; what: string }) {
  const { actions } = useStore();
  const hindrance = actions.hindrance();
  return (
    <button type="button" class="button danger" aria-label={`Stop ${what}`} aria-disabled={hindrance !== undefined} title={hindrance ?? ""} onClick={() => void actions.plan("stop", { run, ...target })}>
      Stop…
    </button>
  );
}

function isActive(last: ProcessLine | undefined): boolean {
  return last?.state === "running" || last?.state === "starting";
}
