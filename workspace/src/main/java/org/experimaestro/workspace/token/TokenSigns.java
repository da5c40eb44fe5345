package org.experimaestro.workspace.token;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.WorkspaceLayout;

/**
 * The signs by which the shares of tokens count at one moment. A share counts while the run that asked for it goes on. A
 * lease counts also while the attempt that it was granted for is queued at a batch system, or its process is alive. Each
 * owner is looked at once. Confined to one thread.
 */
public final class TokenSigns {
    private final Path folder;
    private final Map<String, Boolean> owners = new HashMap<>();

    /**
     * Creates signs that are looked for when needed.
     *
     * @param tokens the folder of the tokens
     */
    public TokenSigns(TokenFolder tokens) {
        this.folder = tokens.path();
    }

    /**
     * Returns whether a share counts.
     *
     * @param share the share
     * @return false if its run is over, and its job has ended, or does not show itself any longer
     * @throws IOException if the run's file cannot be read
     */
    public boolean isAlive(TokenShare share) throws IOException {
        Boolean known = owners.get(share.owner().id());
        if (known == null) {
            known = share.owner().isAlive(folder);
            owners.put(share.owner().id(), known);
        }
        return known || share.isHeld() && isHeldByJob(share);
    }

    /** Returns whether the attempt for which a lease was granted is under way. */
    boolean isHeldByJob(TokenShare share) {
        Path workspace = share.workspace().isEmpty() ? folder.resolve("..").normalize() : Path.of(share.workspace());
        JobFolder job = JobFolder.at(WorkspaceLayout.jobs(workspace).resolve(share.job()));
        JobStatus status = job.status();
        if (status instanceof JobStatus.Corrupt) {
            return true; // rather wait for somebody to mend the job than promise its tokens twice
        }
        boolean isUnderWay =
                status instanceof JobStatus.Running running ? running.sign().isAlive() : status.isActive();
        return isUnderWay && isOf(job, status.lastAttempt().orElse(0), share);
    }

    private static boolean isOf(JobFolder job, int attempt, TokenShare share) {
        try {
            int first = job.attemptFiles().continuedBy(attempt);
            var record = job.attempt(first > 0 ? first : attempt).record();
            if (share.workspace().isEmpty()) {
                return record.origin().tokens() == share.lease();
            }
            // Each machine counts its leases by itself, so another one's may have the same number.
            return record.origin().machineTokens() == share.lease()
                    && record.findClaimant()
                            .filter(by ->
                                    by.host().equals(share.owner().process().host()))
                            .isPresent();
        } catch (IOException | JsonException | WorkspaceException unreadable) {
            return true; // as above
        }
    }
}
