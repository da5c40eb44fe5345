package org.experimaestro.monitor.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
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
    private final Workspace workspace;
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
        this.workspace = workspace;
        this.experiment = experiment;
        for (RunView run : view.runs()) {
            code.put(List.of(run.folder().experiment(), run.folder().name()), code(run));
        }
    }

    private List<CodeEntry> code(RunView run) {
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
        TreeSet<String> classes = new TreeSet<>();
        ConfigurationTree.read(job.folder())
                .configurations()
                .forEach(configuration -> classes.add(configuration.className()));
        return Optional.of(comparison.compare(job.folder(), now, classes));
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
