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
 */
public record Producer(
        String typeId, ConfigId id, Path folder, @Nullable ConfigNode<?> task) {}
