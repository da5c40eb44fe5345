package org.experimaestro.model;

import java.nio.file.Path;
import org.experimaestro.ConfigId;
import org.jspecify.annotations.Nullable;

/**
 * The task that makes a configuration.
 *
 * @param typeId the task's type id
 * @param id the task's identifier
 * @param folder the job's folder, absolute
 * @param task the task, or {@code null} if the configuration was read from a file
 * @param announced the name under which the task announced the configuration while it ran; {@code null} for what its
 *     method {@code outputs} returned. It does not count in identifiers.
 */
public record Producer(
        String typeId,
        ConfigId id,
        Path folder,
        @Nullable ConfigNode<?> task,
        @Nullable String announced) {

    /**
     * Creates the producer of what a task's method {@code outputs} returned.
     *
     * @param typeId the task's type id
     * @param id the task's identifier
     * @param folder the job's folder, absolute
     * @param task the task, or {@code null} if the configuration was read from a file
     */
    public Producer(String typeId, ConfigId id, Path folder, @Nullable ConfigNode<?> task) {
        this(typeId, id, folder, task, null);
    }
}
