package org.experimaestro.engine.retry;

import java.io.IOException;
import org.experimaestro.LaunchException;
import org.experimaestro.Requirement;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/** The amounts that the last attempt at a job had, for a job whose retries count across runs. */
public final class RememberedAmounts {
    private RememberedAmounts() {}

    /**
     * Returns what the next attempt at a job asks for: what the plan asks for, or more where the last attempt had more.
     *
     * @param folder the job
     * @param found the job's state before the attempt
     * @param asked the alternative of the plan's requirement that is used
     * @return the same alternative, unless the job has failed with larger amounts. An attempt whose record cannot be read,
     *     or that asked for several alternatives and so was not raised, changes nothing
     */
    public static Alternative in(JobFolder folder, JobStatus found, Alternative asked) {
        if (!(found instanceof JobStatus.Failed failed) || failed.lastAttempt().isEmpty()) {
            return asked;
        }
        try {
            String before = folder.attempt(failed.lastAttempt().getAsInt())
                    .record()
                    .origin()
                    .asked();
            if (before.isEmpty()) {
                return asked;
            }
            var alternatives = Requirement.parse(before, null).alternatives();
            return alternatives.size() == 1
                    ? AskedAmounts.of(asked)
                            .orMore(AskedAmounts.of(alternatives.getFirst()))
                            .in(asked)
                    : asked;
        } catch (IOException | JsonException | LaunchException unreadable) {
            return asked; // by a newer version, or by hand
        }
    }
}
