import { useEffect, useRef, useState } from "preact/hooks";
import { useStore } from "../../store/use";
import type { ActionLine, QuestionLine } from "../../wire/types";

type Answers = Record<string, string[]>;

/** The questions of an action, with their defaults; what has no answer is said at once. Enter asks what would happen, `y` confirms it. */
export function Questions({ line, run }: { line: ActionLine; run: string }) {
  const { actions } = useStore();
  const [given, setGiven] = useState<Answers>({});
  const form = useRef<HTMLFormElement>(null);
  const hindrance = actions.hindrance() ?? line.reason;
  const answers: Answers = Object.fromEntries(line.questions.map(({ name, default: usual }) => [name, given[name] ?? usual ?? []]));
  const missing = line.questions.find((question) => isMissing(question, answers[question.name] ?? []));
  const reason = hindrance ?? (missing === undefined ? undefined : `“${missing.text}” has no answer`);
  useEffect(() => form.current?.querySelector<HTMLElement>("input, select, button")?.focus(), []);
  function execute(event: Event): void {
    event.preventDefault();
    if (reason === undefined) {
      void actions.plan("execute", { run, action: line.name, answers });
    }
  }
  return (
    <form ref={form} onSubmit={execute} aria-label={`Execute ${line.name}`}>
      {line.questions.map((question) => (
        <Field key={question.name} question={question} answer={answers[question.name] ?? []} isMissing={question === missing} set={(answer) => setGiven((former) => ({ ...former, [question.name]: answer }))} />
      ))}
      <button class="button" aria-disabled={reason !== undefined} aria-label={`Execute ${line.name}`}>
        Execute…
      </button>
      {reason === undefined ? null : <span class="small soft" role="status"> {reason}</span>}
    </form>
  );
}

/** Returns whether a question has no answer. Several choices may be none, if that is the default or was chosen. */
function isMissing({ kind, default: usual }: QuestionLine, answer: readonly string[]): boolean {
  return kind === "choices" ? answer.length === 0 && usual === undefined : (answer[0] ?? "").trim() === "";
}

interface FieldProperties {
  question: QuestionLine;
  answer: readonly string[];
  isMissing: boolean;
  set: (answer: string[]) => void;
}

function Field({ question, answer, isMissing: isWrong, set }: FieldProperties) {
  const { kind, text, options } = question;
  if (kind === "choices") {
    return (
      <fieldset>
        <legend>{text}</legend>
        {options.map((option) => (
          <label key={option} class="labelled">
            <input
              type="checkbox"
              checked={answer.includes(option)}
              onChange={(event) => set(options.filter((one) => (one === option ? event.currentTarget.checked : answer.includes(one))))}
            />
            {option}
          </label>
        ))}
      </fieldset>
    );
  }
  return (
    <label>
      {text}
      {kind === "text" ? (
        <span class="find">
          <input type="text" value={answer[0] ?? ""} aria-invalid={isWrong} onInput={(event) => set([event.currentTarget.value])} />
        </span>
      ) : (
        <select class="choice" value={answer[0] ?? ""} aria-invalid={isWrong} onChange={(event) => set([event.currentTarget.value])}>
          {answer.length === 0 ? <option value="">choose one</option> : null}
          {options.map((option) => (
            <option key={option} selected={option === answer[0]}>
              {option}
            </option>
          ))}
        </select>
      )}
    </label>
  );
}
