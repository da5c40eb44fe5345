package org.experimaestro.engine.lease;

import java.util.ArrayList;
import java.util.List;

/** The division of a limit between the runs that want a part of it. */
final class FairShare {
    private FairShare() {}

    /**
     * Divides a limit. A run gets at most what it wants, and what it does not want goes to the others. So each of n runs
     * gets the n-th part of the limit, rounded down, unless it wants less. Of the rest, the first runs get one more.
     *
     * @param limit the whole, 0 or more
     * @param wanted the wishes, in the order in which the runs came; each 0 or more
     * @return the share of each run, in the same order
     */
    static List<Long> of(long limit, List<Long> wanted) {
        List<Long> shares = new ArrayList<>(wanted);
        List<Integer> open = new ArrayList<>();
        for (int run = 0; run < wanted.size(); run++) {
            open.add(run);
        }
        long rest = limit;
        boolean isDivided = false;
        while (!open.isEmpty() && !isDivided) {
            long part = rest / open.size();
            // What these runs leave of their parts is divided among the others.
            List<Integer> content =
                    open.stream().filter(run -> wanted.get(run) <= part).toList();
            for (int run : content) {
                rest -= wanted.get(run);
            }
            open.removeAll(content);
            isDivided = content.isEmpty();
        }
        for (int i = 0; i < open.size(); i++) {
            shares.set(open.get(i), rest / open.size() + (i < rest % open.size() ? 1 : 0));
        }
        return shares;
    }
}
