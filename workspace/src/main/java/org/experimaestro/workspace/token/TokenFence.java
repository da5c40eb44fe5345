package org.experimaestro.workspace.token;

import java.io.IOException;
import java.time.Instant;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.Attempt;

/**
 * The fence before the end of a job that holds tokens of its workspace. Only a process that can give its lease back may
 * mark its job as done: if others have got the tokens meanwhile, because nothing showed that the process was alive, it
 * must not. Thread-safe.
 */
public final class TokenFence {
    private final TokenFolder folder;
    private final String job;
    private final long lease;

    private TokenFence(TokenFolder folder, String job, long lease) {
        this.folder = folder;
        this.job = job;
        this.lease = lease;
    }

    /**
     * Returns the fence of an attempt.
     *
     * @param attempt the attempt, whose record has the number of the lease
     * @return the fence
     * @throws IOException if the record cannot be read
     */
    public static TokenFence of(Attempt attempt) throws IOException {
        int first = attempt.job().attemptFiles().continuedBy(attempt.number());
        Attempt granted = first > 0 ? attempt.job().attempt(first) : attempt;
        return new TokenFence(
                TokenFolder.of(attempt.job().workspace()),
                attempt.job().name(),
                granted.record().origin().tokens());
    }

    /**
     * Returns whether the job still holds its tokens.
     *
     * @return false if others may have them
     * @throws IOException if the folder of the tokens cannot be read
     * @throws WorkspaceException if the state is damaged
     */
    public boolean isHeld() throws IOException {
        return folder.read().shares().stream().anyMatch(this::isOwn);
    }

    private boolean isOwn(TokenShare share) {
        return share.isHeld() && share.lease() == lease && share.job().equals(job);
    }

    /**
     * Gives the tokens back.
     *
     * @return false if the job did not hold them any longer
     * @throws IOException if the folder of the tokens cannot be read or written
     * @throws WorkspaceException if the state is damaged
     */
    public boolean giveBack() throws IOException {
        boolean[] wasHeld = {false};
        folder.change(state -> {
            wasHeld[0] = state.shares().stream().anyMatch(this::isOwn);
            return state.without(this::isOwn).granted(Instant.now());
        });
        return wasHeld[0];
    }
}
