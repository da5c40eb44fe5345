import { selectionOf } from "../../address/job";
import { useState } from "preact/hooks";
import type { JobView } from "../../address/view";
import { useKeys } from "../../keys/use";
import { keysOf, type Intent } from "../../keys/table";
import { Menu } from "../../part/Menu";
import { useStore } from "../../store/use";
import type { ActionOffer, JobAnswer } from "../../wire/types";

const WORDS: Record<ActionOffer["action"], string> = {
  retry: "Retry",
  kill: "Kill…",
  clean: "Clean…",
  pin: "Pin",
  unpin: "Unpin",
};
const INTENTS: Partial<Record<ActionOffer["action"], Intent>> = { retry: "retry", kill: "kill", clean: "clean", pin: "pin", unpin: "pin" };

/** What can be done with a job. The one that its state calls for is a button, the others are in a menu. */
export function JobActions({ view, answer }: { view: JobView; answer: JobAnswer }) {
  const store = useStore();
  const [isOpen, setOpen] = useState(false);
  const { job, nearest, cleaned, again } = answer;
  const offers = answer.actions;
  const offerOf = (action: ActionOffer["action"]) => offers.find((offer) => offer.action === action);
  const first = job.state === "failed" ? offerOf("retry") : job.state === "running" ? offerOf("kill") : undefined;
  const rest = offers.filter((offer) => offer !== first && (offer.possible || offer.action === "clean" || offer.action === "kill"));

  function perform(offer: ActionOffer | undefined): void {
    if (offer === undefined) {
      return;
    }
    if (offer.possible) {
      void store.actions.plan(offer.action, { jobs: [job.job] });
    } else {
      store.toasts.say(`${offer.reason ?? `It cannot be done: ${offer.action}`}. Nothing was changed.`);
    }
  }

  function runAgain(command: string): void {
    void store.host.copy(command).then((isCopied) => {
      store.toasts.say(isCopied ? `Copied: ${command}` : command);
    });
  }

  function compare(): void {
    if (nearest !== undefined) {
      store.go({ screen: "compare", ...selectionOf(view), jobs: [nearest.job.job, job.job] });
    }
  }

  useKeys({
    retry: () => perform(offerOf("retry")),
    kill: () => perform(offerOf("kill")),
    clean: () => perform(offerOf("clean")),
    pin: () => perform(offers.find(({ action, possible }) => possible && (action === "pin" || action === "unpin"))),
    compare: () => (nearest === undefined ? false : compare()),
  });

  const hindrance = store.actions.hindrance();
  return (
    <>
      {cleaned !== undefined && (
        <button class="button" aria-disabled={hindrance !== undefined || undefined} title={hindrance ?? "Brings back all that was cleaned with it"} onClick={() => hindrance === undefined && void store.actions.undoEntry(cleaned.entry)}>
          Bring back
        </button>
      )}
      {again !== undefined && first?.action === "retry" && !first.possible ? (
        <button class="button" title={first.reason} onClick={() => runAgain(again)}>
          Run again…
        </button>
      ) : (
        first !== undefined && <ActionButton offer={first} isFirst hindrance={hindrance} onClick={() => perform(first)} />
      )}
      {nearest !== undefined && (
        <button class="button" onClick={compare}>
          Compare with the nearest done <kbd>{keysOf("compare")}</kbd>
        </button>
      )}
      {rest.length > 0 && (
        <Menu label="More actions" face="⋯" isOpen={isOpen} setOpen={setOpen} class="job-more">
          {rest.map((offer) => (
            <li key={offer.action}>
              <ActionButton offer={offer} hindrance={hindrance} onClick={() => perform(offer)} />
            </li>
          ))}
        </Menu>
      )}
    </>
  );
}

interface ActionButtonProps {
  offer: ActionOffer;
  hindrance: string | undefined;
  onClick: () => void;
  isFirst?: boolean;
}

function ActionButton({ offer, hindrance, onClick, isFirst = false }: ActionButtonProps) {
  const reason = hindrance ?? (offer.possible ? undefined : offer.reason);
  const isDanger = offer.action === "kill" || offer.action === "clean";
  const intent = INTENTS[offer.action];
  return (
    <button
      class={["button", isFirst && !isDanger ? "primary" : "", isDanger ? "danger" : ""].join(" ").trim()}
      aria-disabled={reason !== undefined || undefined}
      title={reason}
      onClick={onClick}
    >
      {WORDS[offer.action]} {intent !== undefined && <kbd>{keysOf(intent)}</kbd>}
      {reason !== undefined && <span class="unseen">: {reason}</span>}
    </button>
  );
}
