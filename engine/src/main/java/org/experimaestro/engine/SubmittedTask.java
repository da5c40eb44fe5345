package org.experimaestro.engine;

import java.util.List;
import java.util.SortedMap;
import org.experimaestro.ConfigId;
import org.experimaestro.Launcher;
import org.experimaestro.internal.ConfigNode;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/**
 * A task that a run submitted.
 *
 * @param task the task
 * @param folder its job's folder
 * @param tags sorted by name
 * @param dependencies the jobs that it waits for, as {@code type/identifier}
 * @param launcher where it was asked to run
 * @param found the job's state when it was submitted
 */
public record SubmittedTask(
        ConfigNode<?> task,
        JobFolder folder,
        SortedMap<String, Object> tags,
        List<String> dependencies,
        Launcher launcher,
        JobStatus found) {

    /**
     * The task's type id.
     *
     * @return the type id
     */
    public String typeId() {
        return folder.typeId();
    }

    /**
     * The task's identifier.
     *
     * @return the identifier
     */
    public ConfigId id() {
        return folder.id();
    }
}
