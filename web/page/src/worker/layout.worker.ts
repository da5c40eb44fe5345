import { layered } from "../screen/graph/dagre";
import type { LayoutQuestion } from "../screen/graph/layout";

/** Lays out graphs beside the page, which can end it when it takes too long. */
addEventListener("message", (event: MessageEvent<LayoutQuestion>) => postMessage(layered(event.data)));
