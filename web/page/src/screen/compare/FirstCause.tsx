import type { CompareAnswer } from "../../wire/types";

/** The first cause of what differs, the path by which it comes here, and what the identifiers do not see. */
export function FirstCause({ answer }: { answer: CompareAnswer }) {
  const { cause, problems } = answer;
  const code = answer.sections.find((section) => section.name === "code")?.rows ?? [];
  if (cause === undefined && problems.length === 0 && code.length === 0) {
    return null;
  }
  return (
    <dl class="first-cause">
      {cause !== undefined && (
        <>
          <dt>First cause</dt>
          <dd class="strong">{cause.text}</dd>
        </>
      )}
      {cause !== undefined && cause.path.length > 0 && (
        <>
          <dt>How it gets here</dt>
          <dd>
            <ol class="cause-path">
              {cause.path.map((step) => (
                <li key={step} class="mono">
                  {step}
                </li>
              ))}
            </ol>
          </dd>
        </>
      )}
      {(code.length > 0 || problems.length > 0) && <dt>Be careful</dt>}
      {(code.length > 0 || problems.length > 0) && (
        <dd>
          {code.length > 0 && <p>They ran other code: {code.map((row) => row.name).join(", ")}. The identifiers do not see this.</p>}
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </dd>
      )}
    </dl>
  );
}
