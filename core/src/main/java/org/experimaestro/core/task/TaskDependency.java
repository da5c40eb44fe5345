package org.experimaestro.core.task;

import org.experimaestro.ConfigId;

/**
 * A job that must be done before another.
 *
 * @param typeId the type id of the task
 * @param id its identifier
 * @param place the parameter that contains it, such as {@code model.path}
 * @param byPath whether only a path inside the job's folder leads to it
 */
public record TaskDependency(String typeId, ConfigId id, String place, boolean byPath) {}
