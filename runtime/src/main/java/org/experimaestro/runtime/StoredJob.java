package org.experimaestro.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.experimaestro.ConfigException;
import org.experimaestro.ContinueException;
import org.experimaestro.core.serial.ReadParameters;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.JobFolder;
import org.jspecify.annotations.Nullable;

/**
 * The task of a job, read as the job's process reads it, to be run in another process: a test, or a debugger.
 * Immutable.
 */
public final class StoredJob {
    private final ConfigNode<?> node;
    private final @Nullable String defaults;

    private StoredJob(ConfigNode<?> node, @Nullable String defaults) {
        this.node = node;
        this.defaults = defaults;
    }

    /**
     * Reads the parameters of a job.
     *
     * @param folder the job's folder
     * @return the job's task
     * @throws IOException if the parameters cannot be read
     * @throws ConfigException if they do not give the job's identifier with the classes of this process, or are not a
     *     task's
     */
    public static StoredJob read(JobFolder folder) throws IOException {
        ReadParameters read = JobMain.read(folder);
        ConfigNode<?> node = JobMain.node(read, folder);
        return new StoredJob(node, read.defaults());
    }

    /**
     * Returns the task as it was read.
     *
     * @return the node
     */
    public ConfigNode<?> node() {
        return node;
    }

    /**
     * Returns the task's type.
     *
     * @return the descriptor
     */
    public TypeDescriptor<?> type() {
        return node.descriptor();
    }

    /**
     * Returns the digest of the first defaults that the job was stored with.
     *
     * @return {@code null} if an earlier version wrote the parameters
     */
    public @Nullable String defaults() {
        return defaults;
    }

    /**
     * Creates the task.
     *
     * @param place an absolute path, the start of its generated paths: the job's folder, or a copy of it
     * @return a new instance, with its init tasks
     */
    public PreparedTask task(Path place) {
        return PreparedTask.of(node, place);
    }

    /**
     * Runs the init tasks and executes the task in this thread and in the job's folder, and stores its events with an attempt. The files of
     * earlier attempts are moved aside before, unless the task is {@link org.experimaestro.Resumable}.
     *
     * @param attempt the attempt, which has begun
     * @return the last value of each metric
     * @throws Exception if the task throws it
     */
    public Map<String, Double> execute(Attempt attempt) throws Exception {
        JobContext context = new JobContext(attempt.job(), attempt.number());
        try {
            JobMain.makeShared(node, attempt.job());
            if (!JobMain.keepsFolder(node)) {
                attempt.clearFolder();
            }
            FolderPrint before = FolderPrint.of(node, attempt.job());
            try {
                task(attempt.job().path()).execute(context);
            } catch (ContinueException later) {
                throw before.check(later);
            }
            return context.metrics();
        } finally {
            context.close();
        }
    }
}
