package org.experimaestro.engine;

import java.util.Optional;
import org.experimaestro.ConfigException;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Retries;
import org.experimaestro.RetryPolicy;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.spi.JobOption;
import org.experimaestro.spi.Placement;
import org.jspecify.annotations.Nullable;

/** The choice of a job's retries. Of the policies that are given, the nearest to the submission counts, as a whole. */
final class PolicyChoice {
    private PolicyChoice() {}

    /**
     * Returns the policy of a job.
     *
     * @param launcher the request of its submission
     * @param type the task's class
     * @param ofExperiment the policy of the experiment's file
     * @param placement the job's placement, whose launcher may have a policy; {@code null} for a job that is done
     * @throws ConfigException if the annotation of the class has no policy
     */
    static RetryPolicy of(
            Launcher launcher, Class<?> type, Optional<RetryPolicy> ofExperiment, @Nullable Placement placement) {
        return launcher.retryPolicy()
                .or(() -> ofType(type))
                .or(() -> ofExperiment)
                .or(() -> ofLauncher(placement))
                .orElse(RetryPolicy.none());
    }

    private static Optional<RetryPolicy> ofType(Class<?> type) {
        Retries written = type.getAnnotation(Retries.class);
        if (written == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(RetryPolicy.parse(written.value(), null));
        } catch (LaunchException wrong) {
            throw ConfigException.of("Cannot submit a task of the type " + type.getName() + ": its @Retries are wrong: "
                            + wrong.getMessage())
                    .at(PlanLine.current())
                    .cause(wrong)
                    .build();
        }
    }

    /** Returns the launcher's policy. The launcher file is checked when it is read, but a hook may set the option. */
    private static Optional<RetryPolicy> ofLauncher(@Nullable Placement placement) {
        return placement == null
                ? Optional.empty()
                : JobOption.RETRIES
                        .of(placement)
                        .map(text -> RetryPolicy.parse(
                                text,
                                "option retries of " + placement.launcher().name()));
    }
}
