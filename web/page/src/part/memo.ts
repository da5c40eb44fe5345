import { Component, h, type ComponentChild, type ComponentType } from "preact";

/** Returns a component that is drawn again only if one of its properties is another value or object. */
export function memo<P extends object>(Inner: ComponentType<P>): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const names = new Set([...Object.keys(this.props), ...Object.keys(next)]) as Set<keyof P>;
      return [...names].some((name) => !Object.is(this.props[name], next[name]));
    }

    override render(): ComponentChild {
      return h(Inner as ComponentType<object>, this.props);
    }
  };
}
