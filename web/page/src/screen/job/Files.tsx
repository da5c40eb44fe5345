import { Time } from "../../part/Time";
import { counted, sizeText } from "../../part/words";
import { useStore } from "../../store/use";
import { fileAddress } from "../../wire/questions";
import type { JobAnswer } from "../../wire/types";

/** The files of a job's folder. The server shows texts and images, and gives all others to be saved. */
export function Files({ answer }: { answer: JobAnswer }) {
  const { host } = useStore();
  const sum = answer.files.reduce((bytes, file) => bytes + file.size, 0);
  return (
    <section aria-label="Files">
      <div class="section-head">
        <h2>Files</h2>
        <span class="end faint small">{answer.files.length === 0 ? "" : `${answer.moreFiles > 0 ? "more than " : ""}${sizeText(sum)}`}</span>
      </div>
      {answer.files.length === 0 && <p class="soft small">It has no files yet.</p>}
      <table class="files">
        <tbody>
          {answer.files.map((file) => (
            <tr key={file.path}>
              <td class="mono cut">
                <a href={host.fileLink(fileAddress(answer.type, answer.id, file.path))} target="_blank" rel="noopener noreferrer">
                  {file.path}
                </a>
              </td>
              <td class="number small soft">{sizeText(file.size)}</td>
              <td class="number small faint">
                <Time at={file.modified} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {answer.moreFiles > 0 && <p class="soft small">and {counted(answer.moreFiles, "more file")}</p>}
    </section>
  );
}
