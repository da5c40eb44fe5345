import type { Group } from "../../wire/types";

/** Lines of the list, without their contents: groups, and the jobs of those that are open. */

export type Line =
  | { kind: "group"; group: Group }
  | { kind: "job"; group: Group | undefined; index: number }; // index within the group, or within all jobs

interface Block {
  first: number; // index of its first line
  group: Group | undefined;
  jobs: number; // lines of jobs below its own
}

export interface Layout {
  count: number;
  at(index: number): Line | undefined;
  /** Returns the index of a group's own line; -1 if there is none. */
  ofGroup(key: string): number;
  /** Returns the index of a job's line; -1 if its group is not open. */
  ofJob(group: string | undefined, index: number): number;
}

/** Returns the lines of groups of which some are open. */
export function layoutOf(groups: readonly Group[], isOpen: (key: string) => boolean): Layout {
  let count = 0;
  const blocks = groups.map((group): Block => {
    const jobs = group.isLeaf && isOpen(group.key) ? group.size : 0;
    const block = { first: count, group, jobs };
    count += 1 + jobs;
    return block;
  });
  return ofBlocks(blocks, count, 1);
}

/** Returns the lines of jobs without groups. */
export function flatLayout(size: number): Layout {
  return ofBlocks([{ first: 0, group: undefined, jobs: size }], size, 0);
}

/** Returns the layout of blocks that have `own` lines above those of their jobs. */
function ofBlocks(blocks: readonly Block[], count: number, own: number): Layout {
  const byKey = new Map(blocks.map((block) => [block.group?.key, block]));
  return {
    count,
    at(index) {
      const block = index < 0 || index >= count ? undefined : blockAt(blocks, index);
      if (block === undefined) {
        return undefined;
      }
      const within = index - block.first - own;
      return within < 0 && block.group !== undefined ? { kind: "group", group: block.group } : { kind: "job", group: block.group, index: within };
    },
    ofGroup: (key) => byKey.get(key)?.first ?? -1,
    ofJob(group, index) {
      const block = byKey.get(group);
      return block === undefined || index < 0 || index >= block.jobs ? -1 : block.first + own + index;
    },
  };
}

/** Returns the last block that begins at the index or before it. */
function blockAt(blocks: readonly Block[], index: number): Block | undefined {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((blocks[middle]?.first ?? 0) <= index) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return blocks[low];
}

/** So few jobs are shown at once: no group has to be opened. */
export const SHORT = 40;

/** Returns whether a group is open: as the address says, or all groups of a short list. */
export function openTest(open: readonly string[] | undefined, selected: number): (key: string) => boolean {
  if (open === undefined) {
    return () => selected <= SHORT;
  }
  const keys = new Set(open);
  return (key) => keys.has(key);
}
