package org.experimaestro.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.experimaestro.Config;
import org.experimaestro.Outcome;
import org.experimaestro.Report;
import org.experimaestro.Task;
import org.experimaestro.engine.RunResult;
import org.experimaestro.model.ConfigNode;
import org.jspecify.annotations.Nullable;

/** The result of a run of a {@link PlanRunner}, as data. Immutable. */
public final class PlanRun {
    private final RunResult result;
    private final List<TaskSubmission> submissions;
    private final List<TaskSubmission> executed;
    private final List<String> warnings;
    private final @Nullable Report report;

    PlanRun(RunResult result, RunRecorder recorder) {
        this.result = result;
        this.submissions = recorder.submissions();
        this.executed = recorder.executed();
        this.warnings = recorder.warnings();
        this.report = recorder.report();
    }

    /**
     * Returns the tasks that the plan submitted.
     *
     * @return in the order of submission
     */
    public List<TaskSubmission> submissions() {
        return submissions;
    }

    /**
     * Returns the submissions of one task.
     *
     * @param task the task's class
     * @return in the order of submission; empty if the plan submitted none
     */
    public List<TaskSubmission> submissions(Class<? extends Task<?>> task) {
        return submissions.stream()
                .filter(each -> each.config() instanceof ConfigNode<?> node
                        && task.isAssignableFrom(node.descriptor().javaClass()))
                .toList();
    }

    /**
     * Returns the submissions whose jobs this run began, whether they ended well or not. Jobs that were done before are
     * not among them.
     *
     * @return in the order in which the jobs began; empty for a dry run
     */
    public List<TaskSubmission> executed() {
        return executed;
    }

    /**
     * Returns the submitted tasks under names that do not depend on their identifiers, for {@link StoredIdentifiers}.
     *
     * @return the handles by type id and tags, such as {@code tutorial.learn layers=3}, in the order of submission.
     *     The second task with a name has {@code #2} after it.
     */
    public Map<String, Config<?>> tasksByName() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, Config<?>> tasks = new LinkedHashMap<>();
        for (TaskSubmission each : submissions) {
            int count = counts.merge(each.name(), 1, Integer::sum);
            tasks.put(count == 1 ? each.name() : each.name() + " #" + count, each.config());
        }
        return tasks;
    }

    /**
     * Returns the warnings that a user would see.
     *
     * @return a sentence for each, in order
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * Returns the joint outcome of the jobs.
     *
     * @return {@link Outcome#NOT_RUN} for a dry run
     */
    public Outcome outcome() {
        return result.outcome();
    }

    /**
     * Returns the report that the plan was given.
     *
     * @return the jobs in the order of submission, with their outcomes and metrics
     * @throws IllegalStateException if nothing was run
     */
    public Report report() {
        if (report == null) {
            throw new IllegalStateException("A dry run has no report: call run(settings) instead of dryRun(settings)");
        }
        return report;
    }

    /** Returns the submissions, a line for each. */
    @Override
    public String toString() {
        return submissions.stream().map(TaskSubmission::toString).collect(Collectors.joining("\n"));
    }
}
