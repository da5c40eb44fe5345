import type { ComponentChildren, JSX } from "preact";
import { addressOf } from "../address/address";
import type { View } from "../address/view";
import { useStore } from "../store/use";

/** A link to a view: a real address, which the page opens by itself unless the reader wants a new tab. */
export function Link({ to, children, ...rest }: { to: View; children: ComponentChildren } & Omit<JSX.HTMLAttributes<HTMLAnchorElement>, "href" | "onClick">) {
  const store = useStore();
  function open(event: MouseEvent): void {
    if (isPlainClick(event)) {
      event.preventDefault();
      store.go(to);
    }
  }
  return (
    <a href={addressOf(to)} onClick={open} {...rest}>
      {children}
    </a>
  );
}

/** Returns whether a click is for this tab: with another button or a key, the browser does something else. */
export function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}
