import { expect, test } from "vitest";
import { takeKeys } from "./key";
import { openSource } from "./source";

/** Opens a stream whose body comes in these pieces, and returns what it has told until its end. */
async function told(pieces: (string | Uint8Array)[], status = 200): Promise<{ events: string[]; request: RequestInit }> {
  const events: string[] = [];
  let request: RequestInit = {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      pieces.forEach((piece) => controller.enqueue(typeof piece === "string" ? new TextEncoder().encode(piece) : piece));
      controller.close();
    },
  });
  await new Promise<void>((end) => {
    const source = openSource("/api/1/live", async (_address, asked) => ((request = asked), new Response(body, { status })));
    for (const name of ["answer", "beat"]) {
      source.addEventListener(name, ({ data }) => void events.push(`${name} ${data}`));
    }
    source.addEventListener("error", () => end());
  });
  return { events, request };
}

test("source_eventsInPieces_areToldWhole", async () => {
  const umlaut = new TextEncoder().encode("ü");
  const { events } = await told(["event: ans", 'wer\ndata: {"a":"', umlaut.slice(0, 1), umlaut.slice(1), '"}\n', "\nevent: beat\ndata: 1\n\neve"]);
  expect(events).toEqual(['answer {"a":"ü"}', "beat 1"]);
});

test("source_request_hasTheKeyOfThePage", async () => {
  takeKeys("#key=page.file", undefined);
  const { request } = await told([]);
  expect(request.headers).toMatchObject({ "X-Experimaestro": "page" });
});

test("source_refused_tellsAnErrorAndNoEvent", async () => {
  expect((await told(["event: beat\ndata: 1\n\n"], 401)).events).toEqual([]);
});

test("source_closed_tellsNothingMore", async () => {
  const events: string[] = [];
  const source = openSource("/api/1/live", async () => new Response("event: beat\ndata: 1\n\n"));
  source.addEventListener("beat", ({ data }) => void events.push(data));
  source.addEventListener("error", ({ data }) => void events.push(data));
  source.close();
  await new Promise((done) => setTimeout(done, 0));
  expect(events).toEqual([]);
});
