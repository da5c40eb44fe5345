import { fetchWithKey, type Fetch } from "./key";
import type { Source } from "./stream";

type Listener = (event: MessageEvent<string>) => void;

/** Opens a stream of server-sent events as `EventSource` does, but with headers, and without connecting again by itself. */
export function openSource(address: string, fetching: Fetch = fetch): Source {
  const listeners = new Map<string, Listener>();
  const abort = new AbortController();
  const tell = (name: string, data: string): void => {
    if (!abort.signal.aborted) {
      listeners.get(name)?.(new MessageEvent(name, { data }));
    }
  };
  const request = { headers: { Accept: "text/event-stream" }, signal: abort.signal };
  void read(fetchWithKey(address, request, fetching), tell).then(
    () => tell("error", "it has ended"),
    (failure: unknown) => tell("error", String(failure)),
  );
  return {
    addEventListener: (name, listener) => void listeners.set(name, listener),
    close: () => abort.abort(),
  };
}

async function read(opening: Promise<Response>, tell: (name: string, data: string) => void): Promise<void> {
  const response = await opening;
  if (!response.ok || response.body === null) {
    throw new Error(`${response.status}`);
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let pieces: string[] = []; // of an event that has not come to its end: joined once, as an answer may be large
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    const text = decoder.decode(value, { stream: true });
    const last = pieces.at(-1) ?? "";
    if (!text.includes("\n\n") && !(last.endsWith("\n") && text.startsWith("\n"))) {
      pieces.push(text);
      continue;
    }
    const events = [...pieces, text].join("").split("\n\n");
    pieces = [events.pop() ?? ""];
    events.forEach((event) => tellEvent(event, tell));
  }
}

function tellEvent(event: string, tell: (name: string, data: string) => void): void {
  let name = "message";
  const data: string[] = [];
  for (const line of event.split("\n")) {
    if (line.startsWith("event: ")) {
      name = line.slice("event: ".length);
    } else if (line.startsWith("data: ")) {
      data.push(line.slice("data: ".length));
    }
  }
  if (data.length > 0) {
    tell(name, data.join("\n"));
  }
}
