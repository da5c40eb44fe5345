package org.experimaestro.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.experimaestro.WorkspaceException;
import org.experimaestro.engine.job.JobCode;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobCodeComparison;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.code.CodeChange;
import org.experimaestro.workspace.code.CodeEntry;
import org.jspecify.annotations.Nullable;

/**
 * Tells which jobs that are done ran other code than this run would. Their results count all the same: only people can know
 * whether a change of code changes results. Thread-safe.
 */
final class CodeCheck {
    private static final int MOST_SHOWN = 5;

    private final JobCode code;
    private final RunListener listener;
    private final JobCodeComparison comparison = new JobCodeComparison();
    private @Nullable List<CodeEntry> now;
    private boolean isWarned;

    /**
     * For the jobs of one run.
     *
     * @param code the code of this run
     * @param listener is told once if the code of jobs cannot be compared
     */
    CodeCheck(JobCode code, RunListener listener) {
        this.code = code;
        this.listener = listener;
    }

    /** Returns what differs in the code of a job; nothing unless the job is done. */
    synchronized CodeChange change(ConfigNode<?> task, JobFolder folder, JobStatus found) {
        if (!(found instanceof JobStatus.Done) || !code.isKnown()) {
            return CodeChange.NONE;
        }
        List<String> classes = new ArrayList<>();
        for (TypeDescriptor<?> type : task.types()) {
            classes.add(type.javaClass().getName());
        }
        try {
            return comparison.compare(folder, now(), classes);
        } catch (IOException failed) {
            warn(Failures.reason(failed));
        } catch (WorkspaceException failed) {
            warn(String.valueOf(failed.getMessage()));
        }
        return CodeChange.NONE;
    }

    private List<CodeEntry> now() throws IOException {
        if (now == null) {
            now = code.entries();
        }
        return now;
    }

    private void warn(String reason) {
        if (!isWarned) {
            isWarned = true;
            listener.warning("Cannot tell whether the code of jobs that are done has changed: " + reason);
        }
    }

    /**
     * Records the code of a run, and tells in one sentence of the jobs that are done and whose project has changed since.
     *
     * @param jobs all jobs of the run
     * @param record gets the names of the jars
     */
    void report(List<TaskJob> jobs, RunRecord record) {
        if (!code.isKnown()) {
            return;
        }
        int count = 0;
        SortedSet<String> classes = new TreeSet<>();
        boolean isOther = false;
        for (TaskJob job : jobs) {
            SubmittedTask task = job.task();
            CodeChange change = change(task.task(), task.folder(), task.found());
            classes.addAll(change.classes());
            count += change.classes().isEmpty() ? 0 : 1;
            isOther |= !change.isNone();
        }
        try {
            if (isOther) {
                code.classPath(); // for those who list the jobs, and compare them with this run
            }
            record.describeCode(now().stream().map(CodeEntry::name).toList());
        } catch (IOException failed) {
            warn(Failures.reason(failed));
        }
        if (count > 0) {
            listener.warning((count == 1 ? "1 job that is done" : count + " jobs that are done")
                    + " ran other code of your project: " + shown(classes)
                    + (classes.size() == 1 ? " has" : " have")
                    + " changed since; list such jobs with: experimaestro jobs list --stale");
        }
    }

    private static String shown(SortedSet<String> classes) {
        List<String> first = classes.stream().limit(MOST_SHOWN).toList();
        int more = classes.size() - first.size();
        return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
    }
}
