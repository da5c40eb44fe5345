import { useKeys } from "../../keys/use";
import { keysOf } from "../../keys/table";
import { useStore } from "../../store/use";

const FORMATS = [
  ["csv", "CSV"],
  ["markdown", "Markdown"],
  ["latex", "LaTeX"],
] as const;

/** Copies the command that prints the table in a format. */
export function CopyTable({ command }: { command: string }) {
  const store = useStore();
  async function copy(format: string): Promise<void> {
    const printing = `${command} --format ${format}`;
    const isCopied = await store.host.copy(printing);
    store.toasts.say(isCopied ? `Copied: ${printing}` : printing);
  }
  useKeys({ copy: () => void copy("latex") });
  return (
    <span class="end">
      <span class="faint small one-line">Copy the command for</span>
      <span class="segments">
        {FORMATS.map(([format, name]) => (
          <button key={format} onClick={() => void copy(format)}>
            {name}
          </button>
        ))}
      </span>
      <kbd>{keysOf("copy")}</kbd>
    </span>
  );
}
