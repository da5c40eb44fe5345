package org.experimaestro.workspace.token;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.AttemptOrigin;
import org.jspecify.annotations.Nullable;

/**
 * The fences of a job's process that holds tokens. Only a process that can change the state of the tokens while they are
 * its own may begin its task, and mark its job as done. If others have got the tokens meanwhile, because nothing showed
 * that the process was alive, it must not. Thread-safe.
 */
public final class TokenFence {
    private final List<GrantedLease> leases;

    private TokenFence(List<GrantedLease> leases) {
        this.leases = leases;
    }

    /** The lease of the job in one folder. */
    private record GrantedLease(TokenFolder folder, String job, int attempt, long number) {
        boolean isIn(TokenState state) {
            return state.shares().stream().anyMatch(this::isOf);
        }

        private boolean isOf(TokenShare share) {
            return share.isHeld() && share.lease() == number && share.job().equals(job);
        }

        boolean begin() throws IOException {
            return isIn(folder.change(state -> isIn(state) ? state.begun(number, attempt) : state));
        }

        boolean giveBack() throws IOException {
            boolean[] wasHeld = {false};
            folder.change(state -> {
                wasHeld[0] = isIn(state);
                return state.without(this::isOf).granted(Instant.now());
            });
            return wasHeld[0];
        }
    }

    /**
     * Returns the fence of an attempt.
     *
     * @param attempt the attempt, whose record has the numbers of the leases
     * @param machine the folder of the tokens of this machine; {@code null} if the attempt holds none of them
     * @return the fence
     * @throws IOException if the record cannot be read
     */
    public static TokenFence of(Attempt attempt, @Nullable Path machine) throws IOException {
        int first = attempt.job().attemptFiles().continuedBy(attempt.number());
        Attempt granted = first > 0 ? attempt.job().attempt(first) : attempt;
        AttemptOrigin origin = granted.record().origin();
        String job = attempt.job().name();
        List<GrantedLease> leases = new ArrayList<>();
        if (origin.tokens() > 0) {
            TokenFolder ofWorkspace = TokenFolder.of(attempt.job().workspace());
            leases.add(new GrantedLease(ofWorkspace, job, attempt.number(), origin.tokens()));
        }
        if (machine != null && origin.machineTokens() > 0) {
            TokenFolder ofMachine = new TokenFolder(machine, () -> {});
            leases.add(new GrantedLease(ofMachine, job, attempt.number(), origin.machineTokens()));
        }
        return new TokenFence(leases);
    }

    /**
     * Returns whether the job still holds its tokens.
     *
     * @return false if others may have them
     * @throws IOException if a folder of tokens cannot be read
     * @throws WorkspaceException if a state is damaged
     */
    public boolean isHeld() throws IOException {
        for (GrantedLease lease : leases) {
            if (!lease.isIn(lease.folder().read())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Begins to use the tokens. The process has shown itself before, by its file. Whoever looked before that, and has
     * found nobody with the tokens, cannot take them away any longer, because the state has changed.
     *
     * @return false if the job does not hold its tokens any longer
     * @throws IOException if a folder of tokens cannot be read or written
     * @throws WorkspaceException if a state is damaged
     */
    public boolean begin() throws IOException {
        for (GrantedLease lease : leases) {
            if (!lease.begin()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Gives the tokens back.
     *
     * @return false if the job did not hold them any longer
     * @throws IOException if a folder of tokens cannot be read or written
     * @throws WorkspaceException if a state is damaged
     */
    public boolean giveBack() throws IOException {
        boolean wereHeld = true;
        for (GrantedLease lease : leases) {
            wereHeld &= lease.giveBack();
        }
        return wereHeld;
    }
}
