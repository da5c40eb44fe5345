package org.experimaestro.workspace;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.code.CodeChange;
import org.experimaestro.workspace.code.CodeComparison;
import org.experimaestro.workspace.code.CodeEntry;

/**
 * A comparison of the code that the jobs of one workspace ran with other code. Jobs share class paths, so a job costs the
 * reading of its list of jars. Confined to one thread at a time.
 */
public final class JobCodeComparison {
    private final CodeComparison comparison = new CodeComparison();
    /** Lists of jars are relative to jobs' folders, which are equally deep: equal texts name the same jars. */
    private final Map<String, List<CodeEntry>> classPaths = new HashMap<>();

    /** Creates a comparison for the jobs of a workspace. */
    public JobCodeComparison() {}

    /**
     * Compares the code of a job with other code.
     *
     * @param job the job
     * @param now the other class path; empty if it is not known
     * @param roots the binary names of the classes of the task and of its configurations
     * @return what differs; nothing for a job without a class path of its own, as in a test
     * @throws WorkspaceException if the job's list of jars, a jar, or a class in it cannot be read
     */
    public CodeChange compare(JobFolder job, List<CodeEntry> now, Collection<String> roots) {
        String text = StoredClassPath.text(job);
        List<CodeEntry> before = classPaths.get(text);
        if (before == null) {
            before = StoredClassPath.parse(job, text).stream()
                    .map(CodeEntry::ofCopy)
                    .toList();
            classPaths.put(text, before);
        }
        try {
            return compare(before, now, roots);
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot compare the code of " + job.name() + ": " + Failures.reason(failed))
                    .at(job.classPathFile().toString())
                    .cause(failed)
                    .build();
        }
    }

    /**
     * Compares code that runs have recorded.
     *
     * @param before a class path; empty if it is not known
     * @param now another class path; empty if it is not known
     * @param roots the binary names of the classes of a task and of its configurations
     * @return what differs; nothing if one of the two is not known
     * @throws IOException if a jar, or a class in it, cannot be read
     */
    public CodeChange compare(List<CodeEntry> before, List<CodeEntry> now, Collection<String> roots)
            throws IOException {
        return before.isEmpty() || now.isEmpty() ? CodeChange.NONE : comparison.compare(before, now, roots);
    }
}
