package org.experimaestro.monitor.view;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.workspace.JobFolder;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a job's stored parameters and the jobs that they name, or the reason why they cannot be read. The file is
 * read at the first use, and only once. Thread-safe.
 */
public final class StoredParameters {
    private final JobFolder job;
    private final boolean mayBeMissing;
    private final UnaryOperator<Map<String, Object>> sharing;
    private @Nullable Content content;
    private Map<String, Object> expectedTags = Map.of();
    private List<String> expectedUses = List.of();
    /** The values that were read; {@code null} until their first use. */
    private @Nullable SoftReference<Map<String, @Nullable Object>> values;

    /** The content of the file, with the file's stamp before it was read; {@code null} for a missing file. */
    private record Content(
            Map<String, Object> tags,
            List<String> uses,
            String problem,
            @Nullable FileStamp stamp) {}

    private StoredParameters(
            JobFolder job,
            boolean mayBeMissing,
            UnaryOperator<Map<String, Object>> sharing,
            @Nullable Content content) {
        this.job = job;
        this.mayBeMissing = mayBeMissing;
        this.sharing = sharing;
        this.content = content;
    }

    /**
     * Returns the parameters of a job, whose file is read at the first use.
     *
     * @param job the job
     * @param mayBeMissing whether a missing file is no problem, because a job is claimed before its parameters are
     *     written
     * @return the parameters
     */
    public static StoredParameters of(JobFolder job, boolean mayBeMissing) {
        return of(job, mayBeMissing, UnaryOperator.identity());
    }

    /**
     * Returns the parameters of one of many jobs, whose file is read at the first use.
     *
     * @param job the job
     * @param mayBeMissing as for {@link #of(JobFolder, boolean)}
     * @param sharing returns an equal map of tags, which shares objects with those of other jobs; called by several
     *     threads at once
     * @return the parameters
     */
    public static StoredParameters of(JobFolder job, boolean mayBeMissing, UnaryOperator<Map<String, Object>> sharing) {
        return new StoredParameters(job, mayBeMissing, sharing, null);
    }

    /**
     * Returns parameters that were read before.
     *
     * @param job the job
     * @param tags the tags in the file
     * @param uses the names of the jobs in the file
     * @param stamp the stamp of the file when it was read
     * @return parameters whose file is not read again
     */
    public static StoredParameters known(JobFolder job, Map<String, Object> tags, List<String> uses, FileStamp stamp) {
        return new StoredParameters(job, false, UnaryOperator.identity(), new Content(tags, uses, "", stamp));
    }

    /**
     * Returns the tags of the task: its own, and those of its parameters.
     *
     * @return the tags, sorted by name; empty if the file cannot be read
     */
    public Map<String, Object> tags() {
        return content().tags();
    }

    /**
     * Returns the jobs whose results the parameters use: each job that the file names as a producer or in a path.
     *
     * @return the names of the jobs, sorted; if the file is damaged, those that are still in it
     */
    public List<String> uses() {
        return content().uses();
    }

    /**
     * Returns the parameters as values. The file is read at the first use, and again only if memory was short.
     *
     * @return JSON values by name, as {@link ConfigurationTree#values} has them; empty if the file cannot be read
     */
    public synchronized Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> known = values == null ? null : values.get();
        if (known == null) {
            known = readValues();
            values = new SoftReference<>(known);
        }
        return known;
    }

    private Map<String, @Nullable Object> readValues() {
        try {
            return problem().isEmpty() && Files.exists(job.parametersFile())
                    ? ConfigurationTree.read(job).values()
                    : Map.of();
        } catch (WorkspaceException unreadable) {
            return Map.of(); // the file was replaced since its tags were read; the next refresh of an index finds it
        }
    }

    /**
     * Returns the reason why the file cannot be read.
     *
     * @return an empty text if it can be read
     */
    public String problem() {
        return content().problem();
    }

    /**
     * Returns the stamp of the file that was read.
     *
     * @return {@code null} if the file was not read yet, is missing, or cannot be read
     */
    public synchronized @Nullable FileStamp stamp() {
        return content == null || !content.problem().isEmpty() ? null : content.stamp();
    }

    /**
     * Returns whether the file has been read.
     *
     * @return false until the first use
     */
    public synchronized boolean isRead() {
        return content != null;
    }

    /**
     * Returns whether a missing file is no problem.
     *
     * @return true for a job whose parameters may not be written yet
     */
    public boolean mayBeMissing() {
        return mayBeMissing;
    }

    /**
     * Tells what the file most likely has. If it has, these objects are kept, and not equal ones.
     *
     * @param tags the tags, which never change
     * @param uses the names of jobs, which never change
     */
    public synchronized void expect(Map<String, Object> tags, List<String> uses) {
        expectedTags = tags;
        expectedUses = uses;
        if (content != null) {
            content = shared(content);
        }
    }

    private Content shared(Content read) {
        boolean hasTags = read.tags().equals(expectedTags);
        boolean hasUses = read.uses().equals(expectedUses);
        return new Content(
                hasTags ? expectedTags : sharing.apply(read.tags()),
                hasUses ? expectedUses : read.uses(),
                read.problem(),
                read.stamp());
    }

    private synchronized Content content() {
        Content known = content;
        if (known == null) {
            known = shared(read());
            content = known;
        }
        return known;
    }

    private Content read() {
        Path file = job.parametersFile();
        FileStamp stamp = null;
        try {
            stamp = FileStamp.look(file);
        } catch (IOException missing) {
            if (mayBeMissing) {
                return new Content(Map.of(), List.of(), "", null);
            }
        }
        List<String> uses = List.of();
        try {
            byte[] bytes = ConfigurationTree.bytes(file);
            uses = JobNames.in(bytes);
            return new Content(ConfigurationTree.parse(file, bytes).tags(), uses, "", stamp);
        } catch (WorkspaceException unreadable) {
            return new Content(Map.of(), uses, String.valueOf(unreadable.getMessage()), stamp);
        }
    }
}
