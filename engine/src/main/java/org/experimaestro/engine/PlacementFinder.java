package org.experimaestro.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.RunMode;
import org.experimaestro.base.process.EnvironmentVariable;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.engine.batch.JobName;
import org.experimaestro.engine.job.JobEnvironment;
import org.experimaestro.engine.lease.HostLimits;
import org.experimaestro.spi.JobOption;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RequestLimits;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/** A finder of the placements of a run's jobs, which checks the placements that it finds. Thread-safe. */
final class PlacementFinder {
    private final ExperimentSetup setup;
    private final RunListener listener;
    private final Set<String> noticed = new HashSet<>();

    PlacementFinder(ExperimentSetup setup, RunListener listener) {
        this.setup = setup;
        this.listener = listener;
    }

    /**
     * Returns the placement of a job; {@code null} for a job that is done, because the launcher that it once had may be
     * gone.
     */
    synchronized @Nullable Placement find(JobStatus found, Launcher launcher) {
        return found instanceof JobStatus.Done ? null : find(launcher);
    }

    /** Returns the most time and memory that launchers give to a job. */
    RequestLimits limits(Launcher launcher) {
        return setup.launchers().limits(complete(launcher));
    }

    private Launcher complete(Launcher launcher) {
        return JobEnvironment.withOptions(
                JobEnvironment.request(launcher, setup.environment()), setup.launcherOptions());
    }

    /** Returns the placement of a job that is to run. */
    synchronized Placement find(Launcher launcher) {
        Placement chosen = setup.launchers().find(complete(launcher));
        Placement.Builder withRoots = named(chosen).toBuilder();
        withRoots.alternatives(chosen.alternatives().stream().map(this::named).toList());
        JobEnvironment.roots(chosen.environment()).forEach(withRoots::env);
        Placement placement = withRoots.build();
        check(placement.environment(), launcher);
        // The other run modes run no job, and so need no values.
        if (setup.mode() == RunMode.NORMAL) {
            JobEnvironment.requirePassed(
                    placement.environment(), launcher.location().orElse(PlanLine.current()));
        }
        HostLimits.excess(placement).ifPresent(excess -> {
            throw LaunchException.of("Cannot run a job on the launcher "
                            + placement.launcher().name() + ": it was given " + excess)
                    .at(launcher.location().orElse(PlanLine.current()))
                    .advice("ask for less, or mend the hook that chose this launcher or the launcher file")
                    .build();
        });
        placement.notice().filter(noticed::add).ifPresent(listener::warning);
        return placement;
    }

    /** Returns a placement with the experiment in the name of its jobs. Processes of this machine have no names. */
    private Placement named(Placement placement) {
        if (placement.launcher().isHere()) {
            return placement;
        }
        String template = JobOption.JOB_NAME.of(placement).orElse(JobName.DEFAULT);
        return placement.toBuilder()
                .option(JobOption.JOB_NAME.key(), JobName.template(template, setup.name()))
                .build();
    }

    /** Checks the variables of a job. They are checked where they are written, but a hook may add others. */
    private static void check(SortedMap<String, String> environment, Launcher launcher) {
        List<String> problems = new ArrayList<>();
        environment.forEach((name, value) -> {
            EnvironmentVariable.problemOfName(name).ifPresent(problems::add);
            if (!EnvironmentVariable.isPassed(value)) {
                EnvironmentVariable.problemOfValue(name, value).ifPresent(problems::add);
            }
        });
        if (!problems.isEmpty()) {
            throw LaunchException.of("Cannot set the environment of a job: " + String.join("; ", problems))
                    .at(launcher.location().orElse(PlanLine.current()))
                    .advice("mend the hook that chose its launcher")
                    .build();
        }
    }
}
