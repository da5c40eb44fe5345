package org.experimaestro.monitor.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.JobCodeComparison;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.code.CodeChange;
import org.experimaestro.workspace.code.CodeEntry;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that are done and whose code has changed since: the code of now is that of the latest run that submitted the job
 * and has recorded its code. Confined to one thread.
 */
public final class StaleCode {
    private final @Nullable String experiment;
    private final JobCodeComparison comparison = new JobCodeComparison();
    /** The code of each run, by experiment and name. */
    private final Map<List<String>, List<CodeEntry>> code = new HashMap<>();

    /**
     * Compares with the runs of a view.
     *
     * @param workspace the workspace
     * @param view its runs
     * @param experiment the experiment whose runs count; {@code null} for all
     */
    public StaleCode(Workspace workspace, JobsView view, @Nullable String experiment) {
        this.experiment = experiment;
        for (RunView run : view.runs()) {
            code.put(List.of(run.folder().experiment(), run.folder().name()), of(workspace, run));
        }
    }

    /**
     * Finds the code that a run has recorded.
     *
     * @param workspace the workspace
     * @param run one of its runs
     * @return the entries of the class path that are still there; empty if the run has recorded none
     */
    public static List<CodeEntry> of(Workspace workspace, RunView run) {
        return run.description().get(RunFolder.CLASS_PATH) instanceof List<?> names
                ? names.stream()
                        .flatMap(name -> workspace.classPaths().find(String.valueOf(name)).stream())
                        .toList()
                : List.of();
    }

    /**
     * Compares the code of a job with that of now.
     *
     * @param job the job
     * @return what differs; empty if the job is not done, or no run that submitted it has recorded its code
     * @throws WorkspaceException if the job's code or parameters cannot be read
     */
    public Optional<CodeChange> find(JobView job) {
        List<CodeEntry> now = now(job);
        if (!(job.status() instanceof JobStatus.Done) || now.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(comparison.compare(
                job.folder(), now, ConfigurationTree.read(job.folder()).classNames()));
    }

    private List<CodeEntry> now(JobView job) {
        List<CodeEntry> last = List.of();
        for (RunSubmission submission : job.submissions()) {
            boolean counts = experiment == null || experiment.equals(submission.experiment());
            List<CodeEntry> ofRun = code.getOrDefault(List.of(submission.experiment(), submission.run()), List.of());
            last = counts && !ofRun.isEmpty() ? ofRun : last;
        }
        return last;
    }
}
