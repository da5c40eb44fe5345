package org.experimaestro.monitor.timeline;

import java.time.Duration;
import java.util.OptionalLong;
import org.experimaestro.workspace.RunLimit;

/**
 * The time for which the jobs of a run have held cores: that of each turn that has ended, times the cores that the job
 * asked for. Immutable.
 *
 * @param time the time of all cores together
 * @param isExact whether the cores of each job are known; a job without this number counts as one core
 */
public record CoreTime(Duration time, boolean isExact) {

    /**
     * Adds up the turns of a run.
     *
     * @param spans the turns, which are read as far as the journal goes
     * @return the time; 0 if no turn has ended
     */
    public static CoreTime of(RunSpans spans) {
        Duration sum = Duration.ZERO;
        boolean isExact = true;
        for (JobSpan span : spans.read().spans()) {
            if (span.end().isPresent()) {
                OptionalLong cores = spans.limits(span.job()).stream()
                        .filter(limit -> limit.what().equals(RunLimit.CORES))
                        .mapToLong(RunLimit::amount)
                        .findFirst();
                isExact = isExact && cores.isPresent();
                sum = sum.plus(Duration.between(span.from(), span.end().get()).multipliedBy(cores.orElse(1)));
            }
        }
        return new CoreTime(sum, isExact);
    }
}
