package org.experimaestro.launcher.slurm;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Why a job is where it is, in Slurm's words (squeue(1), "JOB REASON CODES"; Slurm's page "Job Reason Codes"): which of
 * them will not pass with time.
 *
 * <p>Limits of a single job ({@code AssocMax…PerJob}, {@code QOSMax…PerJob}, {@code …PerNode}) and minimums ({@code
 * QOSMin…}) speak of the request itself, so they stay. Limits of what a group, account or user runs at one time pass when
 * other jobs end. A held job waits for the person who holds it, and is not stuck.
 */
final class SlurmReasons {
    /** The reasons about the request that have no system in their names. */
    private static final SortedSet<String> STUCK = Collections.unmodifiableSortedSet(new TreeSet<>(List.of(
            "AccountNotAllowed",
            "AssociationTimeLimit",
            "BadConstraints",
            "BurstBufferOperation",
            "DeadLine",
            "DependencyNeverSatisfied",
            "InvalidAccount",
            "InvalidQOS",
            "MaxMemPerLimit",
            "PartitionConfig",
            "PartitionNodeLimit",
            "PartitionTimeLimit",
            "QOSNotAllowed",
            "QOSTimeLimit",
            "ReservationDeleted",
            "ReservationInvalid")));

    private static final Pattern PER_JOB = Pattern.compile("(?:Assoc|QOS)Max\\w*Per(?:Job|Node)(?:Limit)?");
    private static final Pattern MINIMUM = Pattern.compile("QOSMin\\w+");

    private SlurmReasons() {}

    /** The reason as people read it: empty for {@code None}, {@code (null)}, {@code N/A} and {@code (Priority)}'s brackets. */
    static String text(String word) {
        String reason = word.strip();
        if (reason.startsWith("(") && reason.endsWith(")")) {
            reason = reason.substring(1, reason.length() - 1).strip();
        }
        return reason.equals("None") || reason.equals("null") || reason.equals("N/A") ? "" : reason;
    }

    /** The reasons after which a pending job is stuck, but for the families of limits of a single job. */
    static SortedSet<String> stuck() {
        return STUCK;
    }

    /** Whether a pending job will never start for this reason unless somebody changes something. */
    static boolean isStuck(String reason) {
        return STUCK.contains(reason)
                || PER_JOB.matcher(reason).matches()
                || MINIMUM.matcher(reason).matches();
    }
}
