import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Empty, Reading } from "./Empty";

/** Returns a component whose code is loaded when it is first shown. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Lazy(properties: P) {
    const [isLost, setLost] = useState(false);
    const [, draw] = useState(0);
    useEffect(() => {
      if (loaded === undefined) {
        load().then(
          (component) => {
            loaded = component;
            draw(1);
          },
          () => setLost(true),
        );
      }
    }, []);
    if (isLost) {
      return <Empty title="Cannot load this view"><p>The monitor does not answer, or is of another version. Load the page again.</p></Empty>;
    }
    const Component = loaded;
    return Component === undefined ? <Reading what="the view" /> : <Component {...properties} />;
  };
}
