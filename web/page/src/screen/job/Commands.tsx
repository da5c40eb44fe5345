import { CommandLine, CopyButton } from "../../part/CommandLine";
import type { JobAnswer } from "../../wire/types";

/** The commands that do or print the same, and the job's folder. */
export function Commands({ answer }: { answer: JobAnswer }) {
  return (
    <section aria-label="Commands">
      <div class="section-head">
        <h2>Commands</h2>
      </div>
      {Object.entries(answer.commands).map(([name, command]) => (
        <CommandLine key={name} label={name} command={command} />
      ))}
      <div class="command-line">
        <span class="soft small">folder</span>
        <code tabIndex={0}>{answer.folder}</code>
        <CopyButton text={answer.folder} label="Copy the folder" />
      </div>
    </section>
  );
}
