import { Fragment, h, options, type ComponentChildren, type VNode } from "preact";
import { piecesOf, plain } from "../log/spans";

/** Elements that have text alone: a mark of their own would not be drawn in them. */
const TEXT_ALONE = new Set<unknown>(["option", "text", "tspan", "title"]);
/** Attributes that are drawn, or read to somebody. */
const TOLD = ["title", "aria-label", "alt", "placeholder"];

/**
 * Makes all text that is drawn from now on show its characters that are not printed: marks of direction, controls, and
 * invisible ones. So a name cannot look like another one. A text that is copied has the characters themselves.
 */
export function showHidden(): void {
  if (options.vnode === show) {
    return;
  }
  former = options.vnode;
  options.vnode = show;
}

let former: typeof options.vnode;

function show(node: VNode): void {
  const { type } = node;
  const props = node.props as Record<string, unknown> & { children?: ComponentChildren };
  if (typeof type === "string" && props["data-shown"] === undefined) {
    for (const name of TOLD) {
      const text = props[name];
      if (typeof text === "string") {
        props[name] = plain(text);
      }
    }
  }
  if ((typeof type === "string" || type === Fragment) && props["data-shown"] === undefined && props.children !== undefined) {
    props.children = shown(props.children, TEXT_ALONE.has(type));
  }
  former?.(node);
}

function shown(children: ComponentChildren, areText: boolean): ComponentChildren {
  if (Array.isArray(children)) {
    return children.map((child) => shown(child, areText));
  }
  if (typeof children !== "string") {
    return children;
  }
  if (areText) {
    return plain(children);
  }
  const pieces = piecesOf(children);
  return pieces.length === 1 && pieces[0]?.shown === undefined ? children : pieces.map((piece) => (piece.shown === undefined ? piece.text : h("span", { class: "hidden-mark", "data-shown": piece.shown }, piece.text)));
}
