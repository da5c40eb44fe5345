import { BINDINGS, type Binding, type Intent } from "../../keys/table";

const MEANT: readonly Intent[] = ["goRun", "goJobs", "goTable", "down", "up", "first", "last", "open", "above", "clear", "filter", "help"];

/** The keys of the page that an export has too. */
export const KEYS: readonly Binding[] = BINDINGS.filter(({ intent }) => MEANT.includes(intent));
