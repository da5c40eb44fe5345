package org.experimaestro.workspace;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.core.json.JsonObject;

/**
 * The origin of an attempt: where it was to run, why it was made, and the tokens that it was granted. Immutable.
 *
 * @param place the launcher with its partition and host, such as {@code cluster, partition long}; may be empty
 * @param asked the requirement that was asked of the launcher, such as {@code cpu(mem=16G)}; empty if there was none
 * @param retry the decision of the run that made the attempt after a failure, such as {@code attempt 2 of 4, memory 8G →
 *     16G}; empty for an attempt that was no retry
 * @param tokens the number of the lease of the tokens of its workspace that it holds; 0 if it holds none
 * @param machineTokens the number of the lease of the tokens of the machine of its run; 0 if it holds none
 * @param read the attempt of each job whose outputs it reads, by the names of these jobs; without those that are not transient and
 *     whose attempt is the first
 * @param isolation {@value #WORKER} if it was to run in a warm worker; empty for a process of its own
 * @param isolationReason the reason for a worker, such as {@code set at its submission}; empty for a process of its own
 */
public record AttemptOrigin(
        String place,
        String asked,
        String retry,
        long tokens,
        long machineTokens,
        SortedMap<String, Integer> read,
        String isolation,
        String isolationReason) {
    /** The isolation of an attempt in a warm worker. */
    public static final String WORKER = "worker";

    /** The origin of an attempt of which nothing is recorded. */
    public static final AttemptOrigin UNKNOWN = new AttemptOrigin("", "", "");

    private static final String PLACE = "place";
    private static final String ASKED = "asked";
    private static final String RETRY = "retry";
    private static final String TOKENS = "tokens";
    private static final String MACHINE_TOKENS = "machineTokens";
    private static final String READ = "read";
    private static final String ISOLATION = "isolation";
    private static final String ISOLATION_REASON = "isolationReason";

    /** Copies the map. */
    public AttemptOrigin {
        read = Collections.unmodifiableSortedMap(new TreeMap<>(read));
    }

    /**
     * Creates the origin of an attempt that holds no tokens.
     *
     * @param place the place
     * @param asked the requirement
     * @param retry the decision
     */
    public AttemptOrigin(String place, String asked, String retry) {
        this(place, asked, retry, 0, 0, new TreeMap<>(), "", "");
    }

    /**
     * Returns the same origin with tokens.
     *
     * @param ofWorkspace the number of the lease of the tokens of its workspace; 0 for none
     * @param ofMachine the number of the lease of the tokens of the machine of its run; 0 for none
     * @return the origin
     */
    public AttemptOrigin holding(long ofWorkspace, long ofMachine) {
        return new AttemptOrigin(place, asked, retry, ofWorkspace, ofMachine, read, isolation, isolationReason);
    }

    /**
     * Returns the same origin of an attempt that reads outputs of jobs.
     *
     * @param attempts the attempt of each, by the names of the jobs
     * @return the origin
     */
    public AttemptOrigin reading(SortedMap<String, Integer> attempts) {
        return new AttemptOrigin(place, asked, retry, tokens, machineTokens, attempts, isolation, isolationReason);
    }

    /**
     * Returns the same origin, of an attempt in a warm worker.
     *
     * @param reason the reason for a worker
     * @return the origin
     */
    public AttemptOrigin inWorker(String reason) {
        return new AttemptOrigin(place, asked, retry, tokens, machineTokens, read, WORKER, reason);
    }

    /**
     * Returns the same origin, of another attempt in a process of its own.
     *
     * @param decision the reason for it
     * @return the origin
     */
    public AttemptOrigin inProcess(String decision) {
        return new AttemptOrigin(place, asked, decision, tokens, machineTokens, read, "", "");
    }

    /**
     * Returns whether the attempt was to run in a warm worker.
     *
     * @return false for a process of its own
     */
    public boolean isInWorker() {
        return isolation.equals(WORKER);
    }

    void addTo(Map<String, Object> json) {
        add(json, PLACE, place);
        add(json, ASKED, asked);
        add(json, RETRY, retry);
        add(json, TOKENS, tokens);
        add(json, MACHINE_TOKENS, machineTokens);
        if (!read.isEmpty()) {
            json.put(READ, read);
        }
        add(json, ISOLATION, isolation);
        add(json, ISOLATION_REASON, isolationReason);
    }

    private static void add(Map<String, Object> json, String key, long lease) {
        if (lease > 0) {
            json.put(key, lease);
        }
    }

    private static void add(Map<String, Object> json, String key, String value) {
        if (!value.isEmpty()) {
            json.put(key, value);
        }
    }

    static AttemptOrigin of(JsonObject attempt) {
        return new AttemptOrigin(
                attempt.optionalString(PLACE).orElse(""),
                attempt.optionalString(ASKED).orElse(""),
                attempt.optionalString(RETRY).orElse(""),
                attempt.has(TOKENS) ? attempt.integer(TOKENS) : 0,
                attempt.has(MACHINE_TOKENS) ? attempt.integer(MACHINE_TOKENS) : 0,
                read(attempt),
                attempt.optionalString(ISOLATION).orElse(""),
                attempt.optionalString(ISOLATION_REASON).orElse(""));
    }

    private static SortedMap<String, Integer> read(JsonObject attempt) {
        SortedMap<String, Integer> read = new TreeMap<>();
        if (attempt.has(READ)) {
            JsonObject stored = attempt.object(READ);
            for (String job : stored.keys()) {
                read.put(JobFolder.requireName(job), stored.integer(job, 1, JobLayout.MOST_ATTEMPTS));
            }
        }
        return read;
    }
}
