package org.experimaestro.monitor.compare;

import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.code.CodeChange;

/**
 * A comparison of two or more jobs: only what differs. The first job is the base. Immutable.
 *
 * @param jobs the compared jobs
 * @param parameters the parameters that differ, at any depth, also of the tasks that made the inputs of the jobs
 * @param code the code of each job that differs from that of the first job; {@link CodeChange#NONE} for the first
 * @param environment hosts, launchers, JDKs, variables and options of launchers, if they differ
 * @param metrics the last values of metrics that differ
 * @param results states and durations, if they differ
 * @param problems a sentence for each file that could not be read, and was left out
 */
public record ResultComparison(
        List<JobView> jobs,
        List<ComparedValue> parameters,
        List<CodeChange> code,
        List<ComparedValue> environment,
        List<ComparedValue> metrics,
        List<ComparedValue> results,
        List<String> problems) {

    /**
     * Compares jobs.
     *
     * @param workspace the workspace of the jobs
     * @param runs the runs of the workspace, which have the JDK and the options of jobs
     * @param jobs two jobs or more, of any types
     * @param now the end of the durations of running jobs
     * @return the comparison
     * @throws WorkspaceException if the parameters of one of the jobs cannot be read
     */
    public static ResultComparison of(Workspace workspace, List<RunView> runs, List<JobView> jobs, Instant now) {
        return new JobComparer(workspace, runs, now).compare(jobs);
    }

    /**
     * Finds the first cause of what differs.
     *
     * @return the parameters that count, those of the earliest jobs first; otherwise the code of all jobs, or the
     *     environment
     */
    public FirstCause firstCause() {
        SortedSet<String> classes = new TreeSet<>();
        SortedSet<String> jars = new TreeSet<>();
        for (CodeChange change : code) {
            classes.addAll(change.classes());
            jars.addAll(change.jars());
        }
        return FirstCause.of(parameters, new CodeChange(classes, jars), environment);
    }
}
