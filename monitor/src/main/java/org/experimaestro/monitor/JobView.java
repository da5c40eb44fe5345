package org.experimaestro.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;

/**
 * A job as it is shown.
 *
 * @param folder the job's folder
 * @param shortId the first digits of its identifier, which are those of no other job of the workspace
 * @param status its state
 * @param tags as the last run that wanted it gave them, else as they are stored with its parameters
 * @param experiments the names of the experiments that wanted it, sorted
 * @param progress the last progress of each level, for a job that runs
 * @param problem what could not be read of it, or an empty text
 */
public record JobView(
        JobFolder folder,
        String shortId,
        JobStatus status,
        Map<String, Object> tags,
        List<String> experiments,
        List<Progress> progress,
        String problem) {

    /**
     * The state that is shown.
     *
     * @return {@link JobState#CORRUPT} also where only the parameters cannot be read
     */
    public JobState state() {
        return problem.isEmpty() ? status.state() : JobState.CORRUPT;
    }

    /**
     * How long the last attempt took, or takes.
     *
     * @param now the time
     * @return empty if it has not begun, or nobody knows when it ended
     */
    public Optional<Duration> duration(Instant now) {
        return status instanceof JobStatus.Active active
                ? Optional.of(Duration.between(active.since(), now))
                : status.duration();
    }
}
