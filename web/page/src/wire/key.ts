/**
 * The keys of this page's session. The address that opened the page has brought them behind its `#`. The browser keeps
 * them for this origin alone, while it sends the cookie to each port of the host: so what another port gets is worth
 * nothing.
 */

const NAME = "experimaestro.key";
const OFFERED = "experimaestro.key.offered";
const HEADER = "X-Experimaestro";

/** A question to a server, as `fetch` asks it. */
export type Fetch = (address: string, request: RequestInit) => Promise<Response>;

/** Where keys are kept: the browser's storage, for all tabs of an origin. */
export interface KeyStorage {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

let held = ""; // for a browser without storage: until the page is loaded again
let offered: string | undefined; // by the address, which anybody may have written: until the server has accepted them
let storage: KeyStorage | undefined;

/** Takes the keys out of the part of an address behind its path, and returns whether there were some. */
export function takeKeys(hash: string, kept: KeyStorage | undefined): boolean {
  storage = kept;
  const [, found] = /^#key=([\w-]+\.[\w-]+)$/.exec(hash) ?? [];
  if (found !== undefined) {
    write(OFFERED, found); // the reader may go on to another page before the first answer
  }
  offered = found ?? (read(OFFERED) || undefined);
  return found !== undefined;
}

function read(name: string): string | null {
  try {
    return storage?.getItem(name) ?? null;
  } catch {
    return null; // storage is off
  }
}

function write(name: string, keys: string): void {
  try {
    storage?.setItem(name, keys);
  } catch {
    // storage is off: it holds until the page is loaded again
  }
}

/**
 * Asks with the keys of this page. Those of the address are kept for all tabs once the server has accepted them; if it
 * refuses them, the question is asked again with those that were kept before.
 */
export async function fetchWithKey(path: string, request: RequestInit, fetching: Fetch = fetch): Promise<Response> {
  const asked = offered;
  const response = await fetching(path, { credentials: "same-origin", ...request, headers: { ...request.headers, ...keyHeaders() } });
  if (asked === undefined) {
    return response;
  }
  if (response.status === 401) {
    if (offered === asked) {
      offered = undefined;
      write(OFFERED, "");
    }
    return fetchWithKey(path, request, fetching);
  }
  if (response.ok && offered === asked) {
    offered = undefined;
    held = asked;
    write(NAME, asked);
    write(OFFERED, "");
  }
  return response;
}

/** Returns the keys as they are now: another tab may have opened a newer address. */
function keys(): [page: string, file: string] {
  const text = read(NAME) ?? held;
  const [page = "", file = ""] = (offered ?? text).split(".");
  return [page, file];
}

/** Returns the headers of each request of this page. */
export function keyHeaders(): Record<string, string> {
  return { [HEADER]: keys()[0] };
}

/** Returns the address of a file that the browser itself opens, without headers. */
export function withFileKey(address: string): string {
  return `${address}${address.includes("?") ? "&" : "?"}key=${keys()[1]}`;
}
