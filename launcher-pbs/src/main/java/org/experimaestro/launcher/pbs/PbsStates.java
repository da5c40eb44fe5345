package org.experimaestro.launcher.pbs;

import java.util.Optional;
import org.experimaestro.spi.BatchStatus.Phase;

/** A state of a job in PBS (qstat(1B), "S"). */
enum PbsStates {
    /** An array with a job that has begun. */
    B(Phase.RUNNING),
    /** Being ended after it ran. */
    E(Phase.RUNNING),
    /** Finished, or deleted. */
    F(Phase.ENDED),
    /** Held. */
    H(Phase.PENDING),
    /** Moved to another server, under the same name. It has not ended. */
    M(Phase.RUNNING),
    /** Queued. */
    Q(Phase.PENDING),
    /** Running. */
    R(Phase.RUNNING),
    /** Suspended by PBS. */
    S(Phase.SUSPENDED),
    /** On its way to another queue. */
    T(Phase.PENDING),
    /** Suspended because a person uses the workstation. */
    U(Phase.SUSPENDED),
    /** Waits for its time. */
    W(Phase.PENDING),
    /** A job of an array that is finished, or deleted. */
    X(Phase.ENDED);

    private final Phase phase;

    PbsStates(Phase phase) {
        this.phase = phase;
    }

    /** Returns the state that a letter names, empty for a letter that this table does not have. */
    static Optional<PbsStates> find(String letter) {
        for (PbsStates state : values()) {
            if (state.name().equals(letter)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** Returns the phase of a job in this state. */
    Phase phase() {
        return phase;
    }
}
