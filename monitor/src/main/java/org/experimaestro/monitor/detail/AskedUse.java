package org.experimaestro.monitor.detail;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.experimaestro.LaunchException;
import org.experimaestro.Requirement;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.workspace.ResourceUse;

/**
 * The resources that a job asked for, beside those that it used. Immutable.
 *
 * @param memory the bytes of main memory that it asked for; 0 if it asked for none
 * @param cores the number of cores that it asked for; 0 if it asked for none
 * @param use the resources that its process used
 */
public record AskedUse(long memory, int cores, ResourceUse use) {

    /**
     * Finds what the last attempt of a job asked for and used. Reads the file of the attempt.
     *
     * @param job the job
     * @return of several alternatives, the least amounts; empty if no record has what it used
     */
    public static Optional<AskedUse> of(JobView job) {
        Optional<ResourceUse> use = job.use();
        if (use.isEmpty()) {
            return Optional.empty();
        }
        long memory = Long.MAX_VALUE;
        int cores = Integer.MAX_VALUE;
        for (Alternative alternative : asked(job).map(Requirement::alternatives).orElse(List.of())) {
            memory = Math.min(memory, alternative.memory());
            cores = Math.min(cores, alternative.cores());
        }
        return Optional.of(
                new AskedUse(memory == Long.MAX_VALUE ? 0 : memory, cores == Integer.MAX_VALUE ? 0 : cores, use.get()));
    }

    private static Optional<Requirement> asked(JobView job) {
        int attempt = job.status().lastAttempt().orElse(0);
        try {
            String asked = job.folder().attempt(attempt).record().origin().asked();
            return asked.isEmpty() ? Optional.empty() : Optional.of(Requirement.parse(asked, null));
        } catch (IOException | JsonException | LaunchException unreadable) {
            return Optional.empty(); // written by a newer version, or by hand: it is for people
        }
    }

    /** Returns whether another job asked for the same. */
    boolean asksLike(AskedUse other) {
        return memory == other.memory && cores == other.cores;
    }
}
