package org.experimaestro.monitor.timeline;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The chain of jobs that the end of a run followed from. */
public final class CriticalPath {
    private CriticalPath() {}

    /**
     * Finds the chain: the turn that ended last; before it, of the jobs that this one waited for, the turn that ended last;
     * and so on.
     *
     * @param spans the turns; those that have not ended are left out
     * @param dependencies returns the names of the jobs that a job waits for
     * @return the chain, in the order of time; empty if no turn has ended
     */
    public static List<JobSpan> of(Collection<JobSpan> spans, Function<String, List<String>> dependencies) {
        Map<String, JobSpan> last = new HashMap<>();
        for (JobSpan span : spans) {
            if (span.to() != null) {
                last.merge(span.job(), span, CriticalPath::later);
            }
        }
        Deque<JobSpan> chain = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        JobSpan next = last.values().stream().reduce(CriticalPath::later).orElse(null);
        while (next != null && seen.add(next.job())) {
            chain.addFirst(next);
            next = dependencies.apply(next.job()).stream()
                    .map(last::get)
                    .filter(span -> span != null)
                    .reduce(CriticalPath::later)
                    .orElse(null);
        }
        return List.copyOf(chain);
    }

    private static JobSpan later(JobSpan one, JobSpan other) {
        return end(other).isAfter(end(one)) ? other : one;
    }

    private static Instant end(JobSpan span) {
        return span.end().orElse(Instant.MIN);
    }
}
