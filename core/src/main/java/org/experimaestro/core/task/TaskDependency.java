package org.experimaestro.core.task;

import java.nio.file.Path;
import java.util.Set;
import org.experimaestro.ConfigId;
import org.jspecify.annotations.Nullable;

/**
 * A job of which another uses results: it must be done before, unless only what it has announced is used.
 *
 * @param typeId the type id of the task
 * @param id its identifier
 * @param place the parameter that contains it, such as {@code model.path}
 * @param byPath whether only a path inside the job's folder leads to it
 * @param elsewhere the other workspace that the job is in: nothing of this workspace can be waited for; {@code null} for
 *     a job of this workspace
 * @param announcements the names under which the job has announced all that is used, so that its end need not be waited
 *     for; empty if something else of the job is used, too
 */
public record TaskDependency(
        String typeId,
        ConfigId id,
        String place,
        boolean byPath,
        @Nullable Path elsewhere,
        Set<String> announcements) {

    /**
     * Returns whether all that is used was announced by the job while it ran.
     *
     * @return false if the job's end has to be waited for
     */
    public boolean announced() {
        return !announcements.isEmpty();
    }
}
