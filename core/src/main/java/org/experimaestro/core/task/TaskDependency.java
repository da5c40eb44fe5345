package org.experimaestro.core.task;

import org.experimaestro.ConfigId;

/**
 * A job that has to be done before another.
 *
 * @param typeId the type id of the task
 * @param id its identifier
 * @param place the parameter that brings it in, such as {@code model.path}
 * @param byPath whether only a path inside the job's folder leads to it
 */
public record TaskDependency(String typeId, ConfigId id, String place, boolean byPath) {}
