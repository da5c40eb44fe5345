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
 * Every state that Slurm has for a job, base states and flags, and what it means here (squeue(1) and sacct(1), "JOB STATE
 * CODES"; Slurm's page "Job State Codes").
 *
 * <p>squeue shows one word: a flag, if there is one that it shows, hides the base state. A flag that may stand on a job
 * that goes on is therefore never an end here: the base state is shown once the flag is gone.
 */
enum SlurmStates {
    /** The nodes did not boot. */
    BOOT_FAIL(End.NODE_FAILURE),
    /** Cancelled by its user or an administrator; sacct adds {@code by UID}. */
    CANCELLED(End.CANCELLED),
    /** Exit code 0 on all nodes. */
    COMPLETED(End.COMPLETED),
    /** Ended, but processes or the epilog still run: what it ended as is told afterwards. */
    COMPLETING(Phase.RUNNING),
    /** Has nodes, which are booted. */
    CONFIGURING(Phase.RUNNING),
    /** Could not end, or start, before its {@code --deadline}. */
    DEADLINE(End.TIME_LIMIT),
    /** Another exit code, or another failure. */
    FAILED(End.FAILED),
    /** A flag: it failed to start on the chosen nodes, and is usually queued again. */
    LAUNCH_FAILED(Phase.PENDING),
    /** A node was lost. */
    NODE_FAIL(End.NODE_FAILURE),
    /** Used more memory than it may. */
    OUT_OF_MEMORY(End.MEMORY_LIMIT),
    /** Waits. */
    PENDING(Phase.PENDING),
    /** A flag: has nodes, which are powered up. */
    POWER_UP_NODE(Phase.RUNNING),
    /** Had to make room. */
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
    /** A flag: held, since its reservation was deleted. */
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
    /** A flag: the database is told of a change. */
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
     * The state that a word names.
     *
     * @param word as Slurm prints it: {@code CANCELLED by 1000}, and {@code CANCELLED+} or {@code OUT_OF_ME+} where a
     *     column was too narrow, are understood too
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

    /** Where a job is in this state. */
    Phase phase() {
        return phase;
    }

    /** How a job ended that is in this state; empty if it has not. */
    Optional<End> end() {
        return end;
    }

    /** The states in which a job has ended, by how. */
    static Map<End, Set<SlurmStates>> byEnd() {
        Map<End, Set<SlurmStates>> states = new LinkedHashMap<>();
        for (SlurmStates state : values()) {
            state.end.ifPresent(end -> states.computeIfAbsent(end, key -> EnumSet.noneOf(SlurmStates.class))
                    .add(state));
        }
        return states;
    }
}
