package org.experimaestro.monitor.view;

import java.io.IOException;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.workspace.JobFolder;
import org.jspecify.annotations.Nullable;

/**
 * What views show of the parameters of a job: its tags, or why they cannot be read. The file is read when somebody first
 * asks, and not again. Thread-safe.
 */
public final class StoredParameters {
    private final JobFolder job;
    private final boolean mayBeMissing;
    private @Nullable Content content;

    /** What was read, and the stamp that the file had before; none where there was no file. */
    private record Content(
            Map<String, Object> tags,
            String problem,
            @Nullable FileStamp stamp) {}

    private StoredParameters(JobFolder job, boolean mayBeMissing, @Nullable Content content) {
        this.job = job;
        this.mayBeMissing = mayBeMissing;
        this.content = content;
    }

    /**
     * The parameters of a job, which are not read yet.
     *
     * @param job the job
     * @param mayBeMissing whether a missing file is no problem: a job is taken before its parameters are written
     * @return to be read when it is asked for something
     */
    public static StoredParameters of(JobFolder job, boolean mayBeMissing) {
        return new StoredParameters(job, mayBeMissing, null);
    }

    /**
     * Parameters that somebody has read before.
     *
     * @param job the job
     * @param tags what they said
     * @param stamp the stamp that the file had then
     * @return never read again
     */
    public static StoredParameters known(JobFolder job, Map<String, Object> tags, FileStamp stamp) {
        return new StoredParameters(job, false, new Content(tags, "", stamp));
    }

    /**
     * The tags of the task: its own, and those that its parameters bring along.
     *
     * @return sorted by name; empty if the file cannot be read
     */
    public Map<String, Object> tags() {
        return content().tags();
    }

    /**
     * Why the file cannot be read.
     *
     * @return an empty text if it can
     */
    public String problem() {
        return content().problem();
    }

    /**
     * The stamp of the file that was read.
     *
     * @return {@code null} if nothing was read yet, or it could not be read
     */
    public synchronized @Nullable FileStamp stamp() {
        return content == null || !content.problem().isEmpty() ? null : content.stamp();
    }

    /**
     * Whether the file has been read.
     *
     * @return false until somebody asks for something
     */
    public synchronized boolean isRead() {
        return content != null;
    }

    /**
     * Whether a missing file is no problem.
     *
     * @return true for a job whose parameters may not be written yet
     */
    public boolean mayBeMissing() {
        return mayBeMissing;
    }

    private synchronized Content content() {
        Content known = content;
        if (known == null) {
            known = read();
            content = known;
        }
        return known;
    }

    private Content read() {
        FileStamp stamp = null;
        try {
            stamp = FileStamp.look(job.parametersFile());
        } catch (IOException missing) {
            if (mayBeMissing) {
                return new Content(Map.of(), "", null);
            }
        }
        try {
            return new Content(ConfigurationTree.read(job).tags(), "", stamp);
        } catch (WorkspaceException unreadable) {
            return new Content(Map.of(), String.valueOf(unreadable.getMessage()), stamp);
        }
    }
}
