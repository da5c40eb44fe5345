import type { LogFound } from "../wire/types";

/** Reads the answers of a search, one a line, from a body that comes in pieces. */
export async function* foundIn(body: ReadableStream<Uint8Array>): AsyncGenerator<LogFound> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += decoder.decode(value, { stream: !done });
      const lines = rest.split("\n");
      rest = done ? "" : (lines.pop() ?? "");
      for (const line of lines) {
        if (line.trim() !== "") {
          yield JSON.parse(line) as LogFound;
        }
      }
      if (done) {
        return;
      }
    }
  } finally {
    await reader.cancel(); // who stops reading also ends the search on the server
  }
}
