package org.experimaestro.workspace.token;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;
import org.experimaestro.workspace.JobFolder;

/**
 * The tokens that a job holds, or waits for. Immutable.
 *
 * @param id a text that no other share has
 * @param ticket the number by which it came, from 1; 0 before it has come
 * @param lease the number by which it got all of its tokens; 0 while it waits. A later lease has a larger number
 * @param job the job's name, {@code type/identifier}
 * @param workspace the path of the job's workspace; empty if the tokens are of that workspace
 * @param owner the run that asked for them
 * @param amounts the amounts by the tokens' names, each at least 1
 * @param priority how urgent it is, from -{@value #MOST_PRIORITY} to {@value #MOST_PRIORITY}: a step up is worth coming
 *     {@value TokenState#STEP} numbers earlier
 * @param since the time from which it waits, or holds its tokens
 * @param begun the last attempt whose process has begun with these tokens; 0 before
 */
public record TokenShare(
        String id,
        long ticket,
        long lease,
        String job,
        String workspace,
        TokenOwner owner,
        SortedMap<String, Long> amounts,
        int priority,
        Instant since,
        int begun) {
    /** The largest priority that counts, so that nobody keeps the jobs of others waiting forever. */
    public static final int MOST_PRIORITY = 10;

    private static final String AMOUNTS = "tokens";
    private static final String WORKSPACE = "workspace";
    private static final String LEASE = "lease";
    private static final String PRIORITY = "priority";
    private static final String BEGUN = "begun";

    /** Copies the amounts, and takes the nearest priority that counts. */
    public TokenShare {
        priority = Math.max(-MOST_PRIORITY, Math.min(priority, MOST_PRIORITY));
        amounts = Collections.unmodifiableSortedMap(new TreeMap<>(amounts));
    }

    /**
     * Returns whether it has its tokens.
     *
     * @return false while it waits
     */
    public boolean isHeld() {
        return lease > 0;
    }

    /** Returns its place in the order of those that wait: a smaller number is earlier. */
    long place() {
        return ticket - (long) priority * TokenState.STEP;
    }

    /** Returns the share of a job that asks. */
    static TokenShare asking(
            String id,
            String job,
            String workspace,
            TokenOwner owner,
            SortedMap<String, Long> amounts,
            int priority,
            Instant now) {
        return new TokenShare(id, 0, 0, job, workspace, owner, amounts, priority, now, 0);
    }

    TokenShare come(long number) {
        return new TokenShare(id, number, 0, job, workspace, owner, amounts, priority, since, 0);
    }

    TokenShare granted(long number, Instant now) {
        return new TokenShare(id, ticket, number, job, workspace, owner, amounts, priority, now, 0);
    }

    /**
     * Returns the share with another priority.
     *
     * @param urgency the priority; beyond {@value #MOST_PRIORITY}, the nearest one that counts
     * @return the share
     */
    public TokenShare urgent(int urgency) {
        return new TokenShare(id, ticket, lease, job, workspace, owner, amounts, urgency, since, begun);
    }

    /** Returns the share after the process of an attempt has begun. */
    TokenShare begun(int attempt) {
        return new TokenShare(id, ticket, lease, job, workspace, owner, amounts, priority, since, attempt);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("ticket", ticket);
        if (isHeld()) {
            json.put(LEASE, lease);
        }
        json.put("job", job);
        if (!workspace.isEmpty()) {
            json.put(WORKSPACE, workspace);
        }
        json.put(AMOUNTS, amounts);
        if (priority != 0) {
            json.put(PRIORITY, priority);
        }
        if (begun > 0) {
            json.put(BEGUN, begun);
        }
        json.put("since", TimeText.of(since.toEpochMilli()));
        json.put("owner", owner.toJson());
        return json;
    }

    static TokenShare fromJson(JsonObject json) {
        SortedMap<String, Long> amounts = new TreeMap<>();
        JsonObject tokens = json.object(AMOUNTS);
        for (String name : tokens.keys()) {
            amounts.put(name, positive(tokens, name));
        }
        return new TokenShare(
                json.string("id"),
                positive(json, "ticket"),
                json.has(LEASE) ? positive(json, LEASE) : 0,
                JobFolder.requireName(json.string("job")),
                json.optionalString(WORKSPACE).orElse(""),
                TokenOwner.fromJson(json.object("owner")),
                amounts,
                json.has(PRIORITY) ? json.integer(PRIORITY, -MOST_PRIORITY, MOST_PRIORITY) : 0,
                json.time("since"),
                json.has(BEGUN) ? json.integer(BEGUN, 1, Integer.MAX_VALUE) : 0);
    }

    static long positive(JsonObject json, String key) {
        long number = json.integer(key);
        if (number < 1) {
            throw new JsonException("\"" + key + "\" is " + number + ", and not positive");
        }
        return number;
    }
}
