package org.experimaestro.engine;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.RetryPolicy;
import org.experimaestro.core.serial.ChangedDefault;
import org.experimaestro.core.serial.ConfigurationWriter;
import org.experimaestro.core.serial.FirstDefaults;
import org.experimaestro.engine.job.IsolationSetting;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.code.CodeChange;
import org.jspecify.annotations.Nullable;

/**
 * A task that a run submitted.
 *
 * @param task the task
 * @param folder its job's folder
 * @param tags the tags, sorted by name
 * @param needs the jobs that it waits for
 * @param announcing the jobs that it does not wait for, because it uses only what they have announced
 * @param hooked the request of its submission, after the hooks of its configurations
 * @param placement the job's placement; {@code null} for a job that was done when it was submitted
 * @param retries the policy by which a run tries the job again
 * @param isolation the setting whether the job has a process of its own
 * @param defaults the first defaults of all types that it reaches
 * @param found the job's state when it was submitted
 * @param changes the defaults that have changed since the job was stored, in a run that runs nothing; a run that
 *     executes jobs refuses such a task
 * @param code the code that has changed since the job was done, in a run that runs nothing; a run that executes jobs
 *     reports all such jobs together
 */
public record SubmittedTask(
        ConfigNode<?> task,
        JobFolder folder,
        SortedMap<String, Object> tags,
        List<JobFolder> needs,
        List<JobFolder> announcing,
        HookedRequest hooked,
        @Nullable Placement placement,
        RetryPolicy retries,
        IsolationSetting isolation,
        FirstDefaults defaults,
        JobStatus found,
        Set<ChangedDefault> changes,
        CodeChange code) {

    /**
     * Returns the task's type id.
     *
     * @return the type id
     */
    public String typeId() {
        return folder.typeId();
    }

    /**
     * Returns the task's identifier.
     *
     * @return the identifier
     */
    public ConfigId id() {
        return folder.id();
    }

    /** Returns the same job, submitted with other tags. */
    SubmittedTask with(SortedMap<String, Object> otherTags) {
        return new SubmittedTask(
                task,
                folder,
                otherTags,
                needs,
                announcing,
                hooked,
                placement,
                retries,
                isolation,
                defaults,
                found,
                changes,
                code);
    }

    /** Returns the same job at another place. */
    SubmittedTask at(Placement other) {
        return new SubmittedTask(
                task,
                folder,
                tags,
                needs,
                announcing,
                hooked,
                other,
                retries,
                isolation,
                defaults,
                found,
                changes,
                code);
    }

    /**
     * Returns the text that its job's process reads. It is made at each call.
     *
     * @param workspace the workspace of its job
     * @return the text of the file of its parameters
     * @throws ConfigException if the text could not be read again
     */
    public String parameters(Workspace workspace) {
        return ConfigurationWriter.write(task, workspace.root(), folder.pathToWorkspace(), defaults);
    }

    /**
     * Returns the names of the jobs that it waits for.
     *
     * @return the names, {@code type/identifier}
     */
    public List<String> dependencies() {
        return needs.stream().map(JobFolder::name).toList();
    }
}
