package org.experimaestro.workspace.token;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.experimaestro.core.json.FileFormat;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.Workspace;

/**
 * All tokens at one moment: their sizes, and the shares of jobs that hold them or wait for them. Immutable: a change
 * returns another state.
 *
 * <p>Those that wait are in the order of their tickets, where a step of priority is worth {@value #STEP} numbers. A job
 * gets all of its tokens at once. While it waits, later ones get none of the tokens that it needs. So it is overtaken by
 * at most {@value #STEP} others for each step of priority, and no job waits forever while the holders end.
 *
 * @param number the number of the state, from 1; 0 for {@link #EMPTY}
 * @param last the last number that a ticket or a lease has got
 * @param sizes the number of tokens that there are, by their names
 * @param shares those that hold and those that wait, in no order
 */
public record TokenState(long number, long last, SortedMap<String, Long> sizes, List<TokenShare> shares) {
    /** The state in which there are no tokens. */
    public static final TokenState EMPTY = new TokenState(0, 0, new TreeMap<>(), List.of());

    /** The worth of a step of priority, in tickets. */
    static final int STEP = 100;

    private static final int NAMED = 3;
    private static final String LAST = "last";
    private static final String SIZES = "sizes";
    private static final String SHARES = "shares";

    /** Copies the collections. */
    public TokenState {
        sizes = Collections.unmodifiableSortedMap(new TreeMap<>(sizes));
        shares = List.copyOf(shares);
    }

    // ---- questions ----

    /**
     * Finds a share.
     *
     * @param id its id
     * @return empty if it is not there any longer
     */
    public Optional<TokenShare> find(String id) {
        return shares.stream().filter(share -> share.id().equals(id)).findFirst();
    }

    /**
     * Finds the share with which a job of the workspace waits.
     *
     * @param job the job's name
     * @return the first one in the order; empty if the job does not wait
     */
    public Optional<TokenShare> findWaiting(String job) {
        return waiting().stream().filter(share -> share.job().equals(job)).findFirst();
    }

    /**
     * Returns the shares that hold a token.
     *
     * @param token the token's name
     * @return the shares, the oldest lease first
     */
    public List<TokenShare> holders(String token) {
        return shares.stream()
                .filter(share -> share.isHeld() && share.amounts().containsKey(token))
                .sorted(Comparator.comparingLong(TokenShare::lease))
                .toList();
    }

    /**
     * Returns the shares that wait for a token.
     *
     * @param token the token's name
     * @return the shares, in their order
     */
    public List<TokenShare> waiters(String token) {
        return waiting().stream()
                .filter(share -> share.amounts().containsKey(token))
                .toList();
    }

    /** Returns all shares that wait, in their order. */
    private List<TokenShare> waiting() {
        return shares.stream()
                .filter(share -> !share.isHeld())
                .sorted(Comparator.comparingLong(TokenShare::place).thenComparingLong(TokenShare::ticket))
                .toList();
    }

    /**
     * Returns the amount of a token that is held.
     *
     * @param token the token's name
     * @return the sum of the amounts of its holders; more than its size only if the size was lowered
     */
    public long held(String token) {
        long sum = 0;
        for (TokenShare share : shares) {
            sum += share.isHeld() ? share.amounts().getOrDefault(token, 0L) : 0;
        }
        return sum;
    }

    /**
     * Returns why a share waits.
     *
     * @param share a share that waits
     * @return a phrase such as {@code token licence: 3 of 3 held by a/1, b/2}; empty if it is next
     */
    public String obstacle(TokenShare share) {
        Optional<String> full = findFull(share);
        if (full.isPresent()) {
            String token = full.get();
            long amount = share.amounts().getOrDefault(token, 1L);
            return taken(token) + (amount > 1 ? ", and it needs " + amount : "");
        }
        List<String> earlier = blockers(share);
        return earlier.isEmpty()
                ? ""
                : titles(share) + ", for which " + names(earlier)
                        + (earlier.size() == 1 ? " comes first" : " come first");
    }

    private static String titles(TokenShare share) {
        return share.amounts().keySet().stream().anyMatch(TokenState::isFolder)
                ? share.amounts().keySet().stream().map(TokenState::title).collect(Collectors.joining(", "))
                : "tokens " + String.join(", ", share.amounts().keySet());
    }

    /**
     * Returns who holds a token.
     *
     * @param token the token's name
     * @return a phrase such as {@code token licence: 3 of 3 held by a/1, b/2}, or {@code shared folder
     *     learn/checkpoints/ID: used by a/1}
     */
    public String taken(String token) {
        String holders = names(holders(token).stream().map(TokenShare::job).toList());
        return isFolder(token)
                ? title(token) + ": used by " + holders
                : title(token) + ": " + held(token) + " of " + sizes.getOrDefault(token, held(token)) + " held by "
                        + holders;
    }

    /**
     * Returns whether a token stands for a folder that one job at a time uses or fills: there is one of it, which nobody
     * declares.
     *
     * @param token the token's name
     * @return true for a path, such as that of a shared folder, which no plan can give a token
     */
    public static boolean isFolder(String token) {
        return token.indexOf('/') >= 0;
    }

    /**
     * Returns a token for people.
     *
     * @param token the token's name
     * @return {@code token licence}, or {@code shared folder learn/checkpoints/ID}
     */
    public static String title(String token) {
        return isFolder(token)
                ? token.substring(0, token.indexOf('/')) + " folder " + token.substring(token.indexOf('/') + 1)
                : "token " + token;
    }

    /**
     * Returns the jobs for which a share waits.
     *
     * @param share a share that waits
     * @return the names of the holders of the first token without room; otherwise those that come before it
     */
    public List<String> blockers(TokenShare share) {
        Optional<String> full = findFull(share);
        List<TokenShare> blockers = full.isPresent()
                ? holders(full.get())
                : waiting().stream()
                        .takeWhile(other -> !other.id().equals(share.id()))
                        .filter(other -> !Collections.disjoint(
                                other.amounts().keySet(), share.amounts().keySet()))
                        .toList();
        return blockers.stream().map(TokenShare::job).toList();
    }

    /** Finds the first token that has no room for a share. */
    private Optional<String> findFull(TokenShare share) {
        return share.amounts().entrySet().stream()
                .filter(need -> !hasRoom(need.getKey(), need.getValue(), held(need.getKey())))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static String names(List<String> jobs) {
        int more = jobs.size() - NAMED;
        return jobs.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    // ---- changes ----

    /** Returns the state with another size of a token. */
    TokenState sized(String token, long size) {
        SortedMap<String, Long> changed = new TreeMap<>(sizes);
        changed.put(token, size);
        return new TokenState(number, last, changed, shares);
    }

    /** Returns the state with a share that waits behind those that came before. */
    TokenState with(TokenShare share) {
        List<TokenShare> more = new ArrayList<>(shares);
        more.add(share.come(last + 1));
        return new TokenState(number, last + 1, sizes, more);
    }

    /** Returns the state in which a share that waits has this priority. */
    TokenState urgent(String id, int priority) {
        return changed(share -> !share.isHeld() && share.id().equals(id) ? share.urgent(priority) : share);
    }

    /** Returns the state in which the process of an attempt has begun with the tokens of a lease. */
    TokenState begun(long lease, int attempt) {
        return changed(share -> share.lease() == lease ? share.begun(attempt) : share);
    }

    private TokenState changed(UnaryOperator<TokenShare> change) {
        return new TokenState(number, last, sizes, shares.stream().map(change).toList());
    }

    /** Returns the state without some shares. */
    TokenState without(Predicate<TokenShare> given) {
        List<TokenShare> left = shares.stream().filter(given.negate()).toList();
        return left.size() == shares.size() ? this : new TokenState(number, last, sizes, left);
    }

    /** Returns the state in which those that wait have what there is for them. */
    TokenState granted(Instant now) {
        Map<String, Long> held = new HashMap<>();
        for (TokenShare share : shares) {
            if (share.isHeld()) {
                share.amounts().forEach((token, amount) -> held.merge(token, amount, Long::sum));
            }
        }
        Set<String> kept = new HashSet<>();
        Map<String, TokenShare> granted = new HashMap<>();
        long numbers = last;
        for (TokenShare share : waiting()) {
            if (Collections.disjoint(kept, share.amounts().keySet()) && hasRoom(share, held)) {
                share.amounts().forEach((token, amount) -> held.merge(token, amount, Long::sum));
                numbers++;
                granted.put(share.id(), share.granted(numbers, now));
            } else {
                kept.addAll(share.amounts().keySet());
            }
        }
        if (granted.isEmpty()) {
            return this;
        }
        List<TokenShare> all = shares.stream()
                .map(share -> granted.getOrDefault(share.id(), share))
                .toList();
        return new TokenState(number, numbers, sizes, all);
    }

    private boolean hasRoom(TokenShare share, Map<String, Long> held) {
        for (Map.Entry<String, Long> need : share.amounts().entrySet()) {
            if (!hasRoom(need.getKey(), need.getValue(), held.getOrDefault(need.getKey(), 0L))) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether an amount is free. A larger one than the size counts as the size, which may have been lowered. */
    private boolean hasRoom(String token, long amount, long held) {
        long size = sizes.getOrDefault(token, amount);
        return held + Math.min(amount, size) <= size;
    }

    TokenState numbered(long next) {
        return new TokenState(next, last, sizes, shares);
    }

    // ---- files ----

    String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(FileFormat.KEY, Workspace.FORMAT);
        json.put(LAST, last);
        json.put(SIZES, sizes);
        json.put(SHARES, shares.stream().map(TokenShare::toJson).toList());
        return Json.write(json);
    }

    static TokenState fromJson(long number, JsonObject json) {
        FileFormat.require(json, Workspace.FORMAT, Workspace.FORMAT, "delete it if no job holds tokens");
        SortedMap<String, Long> sizes = new TreeMap<>();
        JsonObject stored = json.object(SIZES);
        for (String token : stored.keys()) {
            sizes.put(token, TokenShare.positive(stored, token));
        }
        List<TokenShare> shares = new ArrayList<>();
        for (Object share : json.list(SHARES)) {
            shares.add(TokenShare.fromJson(JsonObject.of(share, "a share")));
        }
        return new TokenState(number, json.integer(LAST), sizes, shares);
    }
}
