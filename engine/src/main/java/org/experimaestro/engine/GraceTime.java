package org.experimaestro.engine;

import java.time.Duration;
import java.util.Optional;
import org.experimaestro.ConfigException;
import org.experimaestro.Grace;
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
     */
    static Placement in(Placement placement, Class<?> type) {
        return find(placement, type)
                .map(time -> placement.toBuilder()
                        .env(JobVariables.GRACE, Long.toString(time.toSeconds()))
                        .build())
                .orElse(placement);
    }

    private static Optional<Duration> find(Placement placement, Class<?> type) {
        Optional<String> option = JobOption.GRACE.of(placement);
        if (option.isPresent()) {
            return option.map(JobOption::graceTime);
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
