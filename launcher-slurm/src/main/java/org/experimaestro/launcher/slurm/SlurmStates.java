package org.experimaestro.launcher.slurm;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.BatchStatus.Phase;

/**
 * A state of a job in Slurm, base state or flag, and its meaning here (squeue(1) and sacct(1), "JOB STATE CODES";
 * Slurm's page "Job State Codes").
 *
 * <p>squeue shows one word: a flag hides the base state. Therefore a flag that a continuing job may have is never an
 * end here. The base state is shown after the flag is gone.
 */
enum SlurmStates {
    /** The nodes did not boot. */
    BOOT_FAIL(End.NODE_FAILURE),
    /** Cancelled by its user or an administrator; sacct adds {@code by UID}. */
    CANCELLED(End.CANCELLED),
    /** Exit code 0 on all nodes. */
    COMPLETED(End.COMPLETED),
    /** Ended, but processes or the epilog still run; the kind of end is reported afterwards. */
    COMPLETING(Phase.RUNNING),
    /** Has nodes, which are being booted. */
    CONFIGURING(Phase.RUNNING),
    /** Could not end, or start, before its {@code --deadline}. */
    DEADLINE(End.TIME_LIMIT),
    /** Another exit code, or another failure. */
    FAILED(End.FAILED),
    /** A flag: it failed to start on the chosen nodes, and is usually queued again. */
    LAUNCH_FAILED(Phase.PENDING),
    /** A node was lost. */
    NODE_FAIL(End.NODE_FAILURE),
    /** Used more memory than its limit. */
    OUT_OF_MEMORY(End.MEMORY_LIMIT),
    /** Waits. */
    PENDING(Phase.PENDING),
    /** A flag: has nodes, which are being powered up. */
    POWER_UP_NODE(Phase.RUNNING),
    /** Was ended in favor of another job. */
    PREEMPTED(End.PREEMPTED),
    /** A flag: its nodes could not be set up as it needs them. */
    RECONFIG_FAIL(Phase.PENDING),
    /** A flag: goes back to the queue. */
    REQUEUED(Phase.PENDING),
    /** A flag: goes back to the queue of a federation. */
    REQUEUE_FED(Phase.PENDING),
    /** A flag: goes back to the queue, and is held there. */
    REQUEUE_HOLD(Phase.PENDING),
    /** A flag: gets or loses nodes. */
    RESIZING(Phase.RUNNING),
    /** A flag: held, because its reservation was deleted. */
    RESV_DEL_HOLD(Phase.PENDING),
    /** A flag: another cluster of the federation runs it, under the same number. It has not ended. */
    REVOKED(Phase.RUNNING),
    /** Runs. */
    RUNNING(Phase.RUNNING),
    /** A flag: a signal is on its way to it. */
    SIGNALING(Phase.RUNNING),
    /** A flag: back in the queue and held, marked as special by an administrator or a prolog. */
    SPECIAL_EXIT(Phase.PENDING),
    /** A flag: its files are copied from a burst buffer. */
    STAGE_OUT(Phase.RUNNING),
    /** A flag: stopped by SIGSTOP, and keeps its cores. */
    STOPPED(Phase.SUSPENDED),
    /** Stopped, and its cores are given to others. */
    SUSPENDED(Phase.SUSPENDED),
    /** Reached its time limit. */
    TIMEOUT(End.TIME_LIMIT),
    /** A flag: a change is being written to the database. */
    UPDATE_DB(Phase.RUNNING);

    private static final Map<String, SlurmStates> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(Enum::name, Function.identity()));

    private final Phase phase;
    private final Optional<End> end;

    SlurmStates(Phase phase) {
        this.phase = phase;
        this.end = Optional.empty();
    }

    SlurmStates(End end) {
        this.phase = Phase.ENDED;
        this.end = Optional.of(end);
    }

    /**
     * Returns the state that a word names.
     *
     * @param word as Slurm prints it. {@code CANCELLED by 1000} is understood, and so are {@code CANCELLED+} or
     *     {@code OUT_OF_ME+} from a column that was too narrow.
     * @return the state, empty for a word that this table does not have
     */
    static Optional<SlurmStates> find(String word) {
        String first = word.strip().split("\\s", 2)[0];
        if (!first.endsWith("+")) {
            return Optional.ofNullable(BY_NAME.get(first));
        }
        String beginning = first.substring(0, first.length() - 1);
        List<SlurmStates> matches = Arrays.stream(values())
                .filter(state -> state.name().startsWith(beginning))
                .toList();
        return matches.size() == 1 ? Optional.of(matches.getFirst()) : Optional.empty();
    }

    /** Returns the phase of a job in this state. */
    Phase phase() {
        return phase;
    }

    /** Returns the kind of end of a job in this state; empty if it has not ended. */
    Optional<End> end() {
        return end;
    }

    /** Returns the states in which a job has ended, by the kind of end. */
    static Map<End, Set<SlurmStates>> byEnd() {
        Map<End, Set<SlurmStates>> states = new LinkedHashMap<>();
        for (SlurmStates state : values()) {
            state.end.ifPresent(end -> states.computeIfAbsent(end, key -> EnumSet.noneOf(SlurmStates.class))
                    .add(state));
        }
        return states;
    }
}
