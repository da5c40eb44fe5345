package org.experimaestro.monitor.reason;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.experimaestro.monitor.reason.Reason.Kind;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.PreparedConfig;
import org.experimaestro.workspace.RunEvent;
import org.jspecify.annotations.Nullable;

/** The reasons of jobs that wait for prepare steps of their run, or that were skipped because one has failed. */
final class PrepareReasons {
    private PrepareReasons() {}

    /**
     * Finds the reason of a job that its run has skipped, though no job that it depends on has failed.
     *
     * @param last the last event of the job in the run; {@code null} if there is none
     * @param advice what can be done
     */
    static Optional<Reason> skipped(RunView run, @Nullable RunEvent last, Supplier<String> advice) {
        boolean hasFailedStep = last != null
                && last.phase().equals("SKIPPED")
                && PreparedConfig.of(run.description()).stream()
                        .anyMatch(config -> config.state().equals(PreparedConfig.FAILED));
        return last != null && hasFailedStep
                ? Optional.of(Reason.of(
                        Kind.NOT_RUN,
                        "its run " + run.folder().qualifiedName() + " has skipped it, " + last.message(),
                        List.of(),
                        advice.get()))
                : Optional.empty();
    }

    /** Finds the reason of a job that waits though all that it depends on is done: the run prepares configurations. */
    static Optional<Reason> waiting(RunView run) {
        String names = PreparedConfig.of(run.description()).stream()
                .filter(config -> config.state().equals(PreparedConfig.RUNNING))
                .map(PreparedConfig::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(Reason.of(
                        Kind.DEPENDENCY,
                        "its run prepares " + names,
                        List.of(),
                        "see experimaestro runs show " + run.folder().qualifiedName()));
    }
}
