import { useStore } from "../store/use";
import { fileAddress, type Owner } from "../wire/questions";
import type { FileLine } from "../wire/types";
import { Time } from "./Time";
import { counted, sizeText } from "./words";

/** Files of a folder. The server shows texts and images, and gives all others to be saved. */
export function FileTable({ owner, files, more }: { owner: Owner; files: readonly FileLine[]; more: number }) {
  const { host } = useStore();
  return (
    <>
      <table class="files">
        <tbody>
          {files.map((file) => (
            <tr key={file.path}>
              <td class="mono cut">
                <a href={host.fileLink(fileAddress(owner, file.path))} target="_blank" rel="noopener noreferrer">
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
      {more > 0 && <p class="soft small">and {counted(more, "more file")}</p>}
    </>
  );
}
