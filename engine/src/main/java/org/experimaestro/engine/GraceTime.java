package org.experimaestro.engine;

import java.time.Duration;
import java.util.Optional;
import org.experimaestro.ConfigException;
import org.experimaestro.Grace;
import org.experimaestro.LaunchException;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.spi.JobOption;
import org.experimaestro.spi.Placement;

/** The time that a job has to clean up after a request to end, which its process finds in a variable. */
final class GraceTime {
    private GraceTime() {}

    /**
     * Returns a placement whose jobs have the time of its option, or of the task's type.
     *
     * @param placement the placement
     * @param type the task's class
     * @throws ConfigException if the annotation of the class has no such time
     * @throws LaunchException if the option has none
     */
    static Placement in(Placement placement, Class<?> type) {
        return find(placement, type)
                .map(time -> placement.toBuilder()
                        .env(JobVariables.GRACE, Long.toString(time.toSeconds()))
                        .build())
                .orElse(placement);
    }

    /** The launcher file is checked when it is read, but a plan or a hook may set the option. */
    private static Duration ofOption(Placement placement, String text) {
        try {
            return JobOption.graceTime(text);
        } catch (IllegalArgumentException wrong) {
            throw LaunchException.of(
                            "Cannot submit a task to " + placement.launcher().name() + ": its option "
                                    + JobOption.GRACE.key() + " is wrong: " + wrong.getMessage())
                    .at(PlanLine.current())
                    .advice("set it to a time from 1 s to 1 h, as in 2 min")
                    .cause(wrong)
                    .build();
        }
    }

    private static Optional<Duration> find(Placement placement, Class<?> type) {
        Optional<String> option = JobOption.GRACE.of(placement);
        if (option.isPresent()) {
            return Optional.of(ofOption(placement, option.get()));
        }
        Grace written = type.getAnnotation(Grace.class);
        try {
            return Optional.ofNullable(written).map(grace -> JobOption.graceTime(grace.value()));
        } catch (IllegalArgumentException wrong) {
            throw ConfigException.of("Cannot submit a task of the type " + type.getName() + ": its @Grace is wrong: "
                            + wrong.getMessage())
                    .at(PlanLine.current())
                    .cause(wrong)
                    .build();
        }
    }
}
