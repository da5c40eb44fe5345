import { useEffect, useState } from "preact/hooks";
import { CopyButton } from "../../part/CommandLine";
import { wordsOf } from "../../store/actions";
import { useStore } from "../../store/use";
import { addressQuestion } from "../../wire/questions";
import type { AddressAnswer, BesideAnswer, ServiceLine } from "../../wire/types";

/** What a service may have as its address: whatever a workspace says, no other place is opened. */
const LOOPBACK = /^http:\/\/127\.0\.0\.1:\d+\//;

/** The way to a service, in a tab of its own: its own address, or, on another host, that of a port which ssh forwards on demand. */
export function OpenService({ answer, line }: { answer: BesideAnswer; line: ServiceLine }) {
  const { host, live, toasts } = useStore();
  const [forwarded, setForwarded] = useState<string>();
  const isLive = live.value.state !== "lost";
  useEffect(() => setForwarded(undefined), [line.address, line.last?.number, isLive]); // a forward ends with the connection
  if (line.address === undefined) {
    return null;
  }
  async function forward(): Promise<void> {
    try {
      setForwarded((await host.ask<AddressAnswer>(addressQuestion(answer.run, line.name), new AbortController().signal)).address);
    } catch (failure) {
      toasts.say(wordsOf(failure));
    }
  }
  // The document says it, which is of the reader's machine, and no answer of a host.
  const address = "far" in document.documentElement.dataset ? forwarded : line.address;
  if (address === undefined) {
    return (
      <button type="button" class="button" title={`Forwards its port on ${answer.host} to this machine`} aria-label={`Forward ${line.name}`} onClick={() => void forward()}>
        Forward
      </button>
    );
  }
  const place = address.slice("http://".length).replace(/\/.*/, "");
  return (
    <>
      <span class="mono soft wide-only">{place}</span>
      {line.isWeb && LOOPBACK.test(address) ? (
        <a class="button" href={address} target="_blank" rel="noopener noreferrer" aria-label={`Open ${line.name}`} title={address}>
          Open
        </a>
      ) : (
        <CopyButton text={place} label="Copy the address" />
      )}
    </>
  );
}
