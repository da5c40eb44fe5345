import { FileTable } from "../../part/FileTable";
import { sizeText } from "../../part/words";
import type { JobAnswer } from "../../wire/types";

/** The files of a job's folder. */
export function Files({ answer }: { answer: JobAnswer }) {
  const sum = answer.files.reduce((bytes, file) => bytes + file.size, 0);
  return (
    <section aria-label="Files">
      <div class="section-head">
        <h2>Files</h2>
        <span class="end faint small">{answer.files.length === 0 ? "" : `${answer.moreFiles > 0 ? "more than " : ""}${sizeText(sum)}`}</span>
      </div>
      {answer.files.length === 0 && <p class="soft small">It has no files yet.</p>}
      <FileTable owner={["jobs", answer.type, answer.id]} files={answer.files} more={answer.moreFiles} />
    </section>
  );
}
