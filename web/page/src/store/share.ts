/**
 * Returns the new value, with those parts of the former one that are equal. So a component whose part has not changed
 * sees the same object, and draws nothing.
 */
export function share<T>(former: unknown, now: T): T {
  if (Object.is(former, now)) {
    return now;
  }
  if (Array.isArray(now)) {
    return shareArray(former, now) as T;
  }
  if (isObject(now) && isObject(former)) {
    return shareObject(former, now) as T;
  }
  return now;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function shareArray(former: unknown, now: unknown[]): unknown[] {
  if (!Array.isArray(former)) {
    return now;
  }
  const shared = now.map((entry, index) => share(former[index], entry));
  return shared.length === former.length && shared.every((entry, index) => entry === former[index]) ? former : shared;
}

function shareObject(former: Record<string, unknown>, now: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(now);
  const shared: Record<string, unknown> = {};
  let isSame = names.length === Object.keys(former).length;
  for (const name of names) {
    shared[name] = share(former[name], now[name]);
    isSame &&= name in former && shared[name] === former[name];
  }
  return isSame ? former : shared;
}
