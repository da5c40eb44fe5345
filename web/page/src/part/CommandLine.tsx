import { useStore } from "../store/use";
import { Icon } from "./Icon";
import "./CommandLine.css";

/** A command that does or prints the same, to be copied. */
export function CommandLine({ command, label }: { command: string; label?: string }) {
  return (
    <div class="command-line">
      {label === undefined ? null : <span class="soft small">{label}</span>}
      <code tabIndex={0}>{command}</code>
      <CopyButton text={command} label="Copy the command" />
    </div>
  );
}

/** A button that copies text, and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const store = useStore();
  async function copy(): Promise<void> {
    store.toasts.say((await store.host.copy(text)) ? "Copied" : "The browser does not allow to copy: select the text");
  }
  return (
    <button type="button" class="button quiet icon-only" aria-label={label} title={label} onClick={copy}>
      <Icon name="copy" />
    </button>
  );
}
