package org.experimaestro.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.core.task.Dependencies;
import org.experimaestro.core.task.TaskDependency;
import org.experimaestro.engine.schedule.Limit;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.generated.Parameter;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Preparables;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The prepare steps of a run: one for each configuration that its jobs use and that is a {@link
 * org.experimaestro.Preparable}. Steps are found by one thread at a time, the submitting one; the rest is thread-safe.
 */
final class PrepareSteps {
    /** The number of steps that run at once. Most wait for a network or a disk, which more of them do not make faster. */
    private static final int MOST_AT_ONCE = 4;

    private final Workspace workspace;
    private final Consumer<PrepareNews> listener;
    private final RunClock clock;
    private final boolean isDetached;
    private final ClassLoader classes = Thread.currentThread().getContextClassLoader();
    private final Limit limit = new Limit("prepare steps", MOST_AT_ONCE);
    private final AnnouncedNames announcedNames = new AnnouncedNames();
    private final Map<Key, PrepareStep> steps = new HashMap<>();
    private final Set<PrepareStep> announced = new HashSet<>();

    /**
     * One step of a run: equal configurations may contain outputs of different jobs, which do not count in the identifier.
     */
    private record Key(ConfigId config, Set<TaskJob> needs) {}

    /**
     * Creates the steps of a run, at first none.
     *
     * @param workspace the workspace of the run
     * @param listener receives all news, from several threads
     * @param clock the clock of the run
     * @param isDetached whether the run does not wait for its jobs
     */
    PrepareSteps(Workspace workspace, Consumer<PrepareNews> listener, RunClock clock, boolean isDetached) {
        this.workspace = workspace;
        this.listener = listener;
        this.clock = clock;
        this.isDetached = isDetached;
    }

    /**
     * Returns the steps that have to be done before a job.
     *
     * @param task the job's task
     * @param folder the job's folder
     * @param found the job's state; a job that is done, or goes on, needs no preparation
     * @param jobs finds a job that the run has submitted; {@code null} if it has not
     * @return the steps, which may also be those of other jobs
     */
    List<PrepareStep> of(
            ConfigNode<?> task, JobFolder folder, JobStatus found, Function<ConfigId, @Nullable TaskJob> jobs) {
        if (!(found instanceof JobStatus.New || found instanceof JobStatus.Failed)) {
            return List.of();
        }
        Collection<ConfigNode<?>> configs = Preparables.of(task);
        List<PrepareStep> needed = new ArrayList<>(configs.size());
        for (ConfigNode<?> config : configs) {
            Set<TaskJob> needs = needs(config, jobs);
            needed.add(steps.computeIfAbsent(
                    new Key(config.id(), needs),
                    key -> new PrepareStep(this, config, task, folder, List.copyOf(needs))));
        }
        return needed;
    }

    /** Returns the jobs that have to be done before a step. Those whose announcements alone it contains need not be. */
    private Set<TaskJob> needs(ConfigNode<?> config, Function<ConfigId, @Nullable TaskJob> jobs) {
        Set<TaskJob> needs = new LinkedHashSet<>();
        for (TaskDependency dependency : Dependencies.usesOf(config, workspace.root())) {
            TaskJob job = dependency.elsewhere() == null ? jobs.apply(dependency.id()) : null;
            if (job != null
                    && !(job.task().found() instanceof JobStatus.Done)
                    && !announcedNames.has(dependency, job.task().folder())) {
                needs.add(job);
            }
        }
        return needs;
    }

    /**
     * Requires that the steps of a job that the run takes can be done.
     *
     * @throws ConfigException if a configuration cannot be prepared
     */
    void require(List<PrepareStep> needed) {
        for (PrepareStep step : needed) {
            requireNoPaths(step.config());
            if (isDetached && !step.needs().isEmpty()) {
                throw ConfigException.of("Cannot prepare " + step.config() + ": it contains an output of "
                                + step.needs().getFirst().task().folder().name()
                                + ", for which a detached run does not wait")
                        .at(PlanLine.current())
                        .advice("run without --detach")
                        .build();
            }
        }
    }

    /** A job's folder is not there before the job. */
    private static void requireNoPaths(ConfigNode<?> config) {
        for (int i = 0; i < config.descriptor().size(); i++) {
            Parameter parameter = config.descriptor().parameter(i);
            if (parameter.generatedPath() != null && config.producer() == null) {
                throw ConfigException.of("Cannot prepare " + config + ": its parameter " + parameter.name()
                                + " is a path in the folder of a job, which has not begun then")
                        .at(PlanLine.current())
                        .advice(
                                "put the step into a configuration without generated paths, and make its files in a folder of"
                                        + " context.cached")
                        .build();
            }
        }
    }

    /** Tells of steps that this run does not run, the first time that each is needed. */
    void announce(List<PrepareStep> needed) {
        for (PrepareStep step : needed) {
            if (announced.add(step)) {
                step.changed(Phase.WAITING);
            }
        }
    }

    /** Returns what the jobs have announced, as the run has seen it last. */
    AnnouncedNames announcedNames() {
        return announcedNames;
    }

    Workspace workspace() {
        return workspace;
    }

    Limit limit() {
        return limit;
    }

    RunClock clock() {
        return clock;
    }

    /** Returns the class loader of the plan, in which the code of the steps finds its classes and resources. */
    ClassLoader classes() {
        return classes;
    }

    void tell(PrepareNews news) {
        listener.accept(news);
    }
}
