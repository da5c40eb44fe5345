package org.experimaestro.launcher.slurm;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The reasons for the state of a job, in Slurm's terms (squeue(1), "JOB REASON CODES"; Slurm's page "Job Reason
 * Codes"). This class separates the permanent reasons from the temporary ones.
 *
 * <p>Limits of a single job ({@code AssocMax…PerJob}, {@code QOSMax…PerJob}, {@code …PerNode}) and minimums ({@code
 * QOSMin…}) concern the request itself, so they are permanent. Limits of a group, account or user at one time end
 * when other jobs end. A held job waits for the person who holds it, and is not stuck.
 */
final class SlurmReasons {
    /** The reasons about the request whose names follow no pattern. */
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

    /**
     * Returns the reason for display: empty for {@code None}, {@code (null)} and {@code N/A}, and without the
     * brackets of {@code (Priority)}.
     */
    static String text(String word) {
        String reason = word.strip();
        if (reason.startsWith("(") && reason.endsWith(")")) {
            reason = reason.substring(1, reason.length() - 1).strip();
        }
        return reason.equals("None") || reason.equals("null") || reason.equals("N/A") ? "" : reason;
    }

    /** Returns the reasons after which a pending job is stuck, except for the families of limits of a single job. */
    static SortedSet<String> stuck() {
        return STUCK;
    }

    /** Returns whether a pending job with this reason will never start unless a person changes something. */
    static boolean isStuck(String reason) {
        return STUCK.contains(reason)
                || PER_JOB.matcher(reason).matches()
                || MINIMUM.matcher(reason).matches();
    }
}
