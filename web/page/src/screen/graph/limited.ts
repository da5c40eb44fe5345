import { columns, MOST_NODES, type Layout, type LayoutQuestion } from "./layout";

/** What a worker is for its user. */
export interface LayoutWorker {
  postMessage(question: LayoutQuestion): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<Layout>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** The layout of a worker that takes longer, in milliseconds, is not waited for. */
export const LIMIT = 2000;

/** Returns whether the layout is the worker's, or that by columns since the worker was too slow or failed. */
export interface Found {
  layout: Layout;
  isByColumns: boolean;
}

/**
 * Asks a new worker for a layout, and gives the one by columns when it takes longer than the limit.
 *
 * @param after calls later, and returns a function that takes this back
 * @returns a function that ends the search
 */
export function layoutWithin(
  question: LayoutQuestion,
  open: () => LayoutWorker,
  after: (milliseconds: number, act: () => void) => () => void,
  found: (found: Found) => void,
): () => void {
  if (question.nodes.length > MOST_NODES) {
    throw new RangeError(`A graph of ${question.nodes.length} nodes is no picture: at most ${MOST_NODES} are drawn`);
  }
  let worker: LayoutWorker | undefined;
  let forget = (): void => undefined;
  function end(): void {
    forget();
    worker?.terminate();
  }
  function giveUp(): void {
    end();
    found({ layout: columns(question), isByColumns: true });
  }
  try {
    worker = open();
  } catch {
    giveUp(); // a browser may forbid workers
    return end;
  }
  forget = after(LIMIT, giveUp);
  worker.onerror = giveUp;
  worker.onmessage = (event) => {
    end();
    found({ layout: event.data, isByColumns: false });
  };
  worker.postMessage(question);
  return end;
}
