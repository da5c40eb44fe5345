import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Empty, Reading } from "./Empty";

/** Returns a component whose code is loaded when it is first drawn: not after that, which would be a frame later. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  let loading: Promise<void> | undefined;
  function begin(): Promise<void> {
    loading ??= load().then(
      (component) => {
        loaded = component;
      },
      (failure: unknown) => {
        loading = undefined; // the next one who is shown it tries again
        throw failure;
      },
    );
    return loading;
  }
  return function Lazy(properties: P) {
    const [isLost, setLost] = useState(false);
    const [, draw] = useState(0);
    const begun = loaded === undefined && !isLost ? begin() : undefined;
    useEffect(() => {
      begun?.then(
        () => draw(1),
        () => setLost(true),
      );
    }, []);
    if (isLost) {
      return <Empty title="Cannot load this view"><p>The monitor does not answer, or is of another version. Load the page again.</p></Empty>;
    }
    const Component = loaded;
    return Component === undefined ? <Reading what="the view" /> : <Component {...properties} />;
  };
}
