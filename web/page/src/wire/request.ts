import { fetchWithKey } from "./key";
import type { ProblemAnswer } from "./types";

/** An answer that is no success: what could not be done, with the status of HTTP; 0 if nothing answered. */
export class Problem extends Error implements ProblemAnswer {
  readonly status: number;
  readonly error: string;
  readonly advice?: string;
  readonly at?: number;
  readonly length?: number;
  readonly near?: string[];

  constructor(status: number, answer: ProblemAnswer) {
    super(answer.error);
    this.status = status;
    this.error = answer.error;
    Object.assign(this, answer);
  }
}

/** Asks the server, and returns its answer; throws a `Problem`, or what the signal was aborted with. */
export async function ask<T>(path: string, signal: AbortSignal): Promise<T> {
  return send<T>(path, { signal, headers: { Accept: "application/json" } });
}

/** Asks the server, and returns the body of its answer while it still comes. */
export async function askForStream(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const response = await answerTo(path, { signal });
  return response.body ?? new ReadableStream({ start: (controller) => controller.close() });
}

/** Sends an action; it is never repeated, because it may have been done although no answer came. */
export async function act<T>(path: string, body: unknown, signal: AbortSignal): Promise<T> {
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  return send<T>(path, { method: "POST", body: JSON.stringify(body), headers, signal });
}

async function send<T>(path: string, request: RequestInit): Promise<T> {
  return (await (await answerTo(path, request)).json()) as T;
}

async function answerTo(path: string, request: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetchWithKey(path, request);
  } catch (failure) {
    request.signal?.throwIfAborted();
    throw new Problem(0, { error: "The monitor does not answer.", advice: `It may have ended. (${String(failure)})` });
  }
  if (response.ok) {
    return response;
  }
  throw new Problem(response.status, await problemOf(response));
}

async function problemOf(response: Response): Promise<ProblemAnswer> {
  const text = await response.text();
  try {
    const answer = JSON.parse(text) as Partial<ProblemAnswer>;
    if (typeof answer.error === "string") {
      return answer as ProblemAnswer;
    }
  } catch {
    // Not an answer of ours, but that of something in between: shown as it is.
  }
  return { error: `The monitor answered ${response.status} ${response.statusText}.`, advice: text.slice(0, 200) };
}
