import type { ComponentChildren, JSX } from "preact";
import { isPlainClick } from "./click";
import { useModel } from "./model";
import { fragmentOf, type Place } from "./place";

/** A link to another place of the export. */
export function Go({ to, children, ...rest }: { to: Partial<Place>; children: ComponentChildren } & Omit<JSX.HTMLAttributes<HTMLAnchorElement>, "href" | "onClick">) {
  const model = useModel();
  const { job: _, ...here } = model.place.value;
  const target: Place = { ...here, ...to };
  function open(event: MouseEvent): void {
    if (isPlainClick(event)) {
      event.preventDefault();
      model.go({ job: undefined, ...to });
      scrollTo(0, 0);
    }
  }
  return (
    <a href={fragmentOf(target)} onClick={open} {...rest}>
      {children}
    </a>
  );
}
