package org.experimaestro.web.action;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.experimaestro.web.api.JobLink;
import org.experimaestro.web.api.NotedAction;

/**
 * The effects of an action: those that its plan foresees, or those that it had.
 *
 * @param possible the jobs that it changes or has changed, {@value #MOST} at most
 * @param impossible the jobs that it leaves, {@value #MOST} at most
 * @param possibleTotal the number of jobs, or of other parts of a trash entry, that it changes
 * @param impossibleTotal the number of those that it leaves
 * @param bytes the size of the files that a cleaning takes away
 * @param dependents the number of other jobs that use the results of cleaned ones
 * @param done whether the action was performed
 * @param plan the digest of the selected jobs, with which the same jobs are performed, and no others
 * @param undo the entry of the trash that has what was cleaned
 * @param noted the action that waits, in which case nothing has changed yet
 * @param effect the effect as a sentence, for an action on a run itself, or on what it has declared beside its jobs
 */
record ActionAnswer(
        List<Possible> possible,
        List<Impossible> impossible,
        int possibleTotal,
        int impossibleTotal,
        long bytes,
        int dependents,
        boolean done,
        String plan,
        Optional<String> undo,
        Optional<NotedAction> noted,
        Optional<String> effect) {
    /** The number of jobs that are listed of each kind. */
    static final int MOST = 200;

    private static final int DIGEST_DIGITS = 32;

    /**
     * A job that the action changes.
     *
     * @param job the job
     * @param effect the effect on it, as a sentence without its subject, the job
     * @param dependents the number of jobs that use its result
     */
    record Possible(JobLink job, String effect, int dependents) {}

    /**
     * A job that the action leaves as it is.
     *
     * @param job the job
     * @param reason the reason, with advice
     */
    record Impossible(JobLink job, String reason) {}

    /** Cuts the lists. */
    ActionAnswer {
        possible = List.copyOf(possible.subList(0, Math.min(MOST, possible.size())));
        impossible = List.copyOf(impossible.subList(0, Math.min(MOST, impossible.size())));
    }

    /** Creates the answer about jobs. */
    ActionAnswer(
            List<Possible> possible,
            List<Impossible> impossible,
            int possibleTotal,
            int impossibleTotal,
            long bytes,
            int dependents,
            boolean done,
            String plan,
            Optional<String> undo,
            Optional<NotedAction> noted) {
        this(
                possible,
                impossible,
                possibleTotal,
                impossibleTotal,
                bytes,
                dependents,
                done,
                plan,
                undo,
                noted,
                Optional.empty());
    }

    /** Returns the answer about one thing that is no job: the effect on it, as a sentence without its subject. */
    static ActionAnswer ofEffect(String effect, String digest, boolean isDone) {
        return new ActionAnswer(
                List.of(),
                List.of(),
                1,
                0,
                0,
                0,
                isDone,
                digest,
                Optional.empty(),
                Optional.empty(),
                Optional.of(effect));
    }

    /** Returns the answer to the confirmation of this plan, which is performed later. */
    ActionAnswer with(NotedAction waiting) {
        return new ActionAnswer(
                possible,
                impossible,
                possibleTotal,
                impossibleTotal,
                bytes,
                dependents,
                false,
                plan,
                undo,
                Optional.of(waiting));
    }

    /** Returns the digest of an action and the names of what it is for, in any order. */
    static String digest(String action, Collection<String> names) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(action.getBytes(StandardCharsets.UTF_8));
            for (String name : new TreeSet<>(names)) {
                digest.update(("\n" + name).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGEST_DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Each JVM has SHA-256", impossible);
        }
    }
}
