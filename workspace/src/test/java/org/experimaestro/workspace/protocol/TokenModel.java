package org.experimaestro.workspace.protocol;

import java.util.Optional;
import java.util.Set;

/**
 * The protocol of tokens: plans 1 and 2 on host a, and plan 3 on host b. Each asks for one token, and starts the process
 * of a job, which uses the token, gives it back, and marks the job as done. The state of the tokens is a file with a
 * number, which a process creates exclusively after it has read the state before. Any process may be killed between any
 * two steps.
 */
final class TokenModel implements Explorer.Model {
    /** The number of plans, each with the process of its job. */
    private static final int PROCESSES = 3;

    private static final int LAW = 0;
    private static final int CELLS = 5;

    /** The share of a process in the present state. */
    private static final int NONE = 0;

    private static final int WAITS = 1;
    private static final int HELD = 2;

    private final int size;
    private final Set<Rule> missing;
    private final Stops stops;

    /** The next step of a plan, or of the process of its job (TokenDesk, TokenFolder, TokenFence). */
    private enum At {
        READ,
        LOOK_AT_OTHERS,
        CHANGE,
        /** The process of the job was started, and nothing shows it yet. */
        STARTED,
        /** The same, and the plan was killed. */
        ALONE,
        READ_AT_BEGIN,
        BEGIN,
        USE,
        READ_AT_END,
        GIVE_BACK,
        MARK,
        ENDED,
        KILLED;

        boolean isAlive() {
            return this != ENDED && this != KILLED;
        }

        boolean isOfPlan() {
            return this == READ || this == LOOK_AT_OTHERS || this == CHANGE;
        }

        /** Returns whether what the process does next depends on a state that it has read. */
        boolean hasRead() {
            return this == LOOK_AT_OTHERS || this == CHANGE || this == BEGIN || this == GIVE_BACK;
        }
    }

    /**
     * Creates a model.
     *
     * @param size the number of tokens
     * @param missing the rules that are not kept
     * @param stops whether processes may stop for longer than the time of a lease
     */
    TokenModel(int size, Set<Rule> missing, Stops stops) {
        this.size = size;
        this.missing = missing;
        this.stops = stops;
    }

    @Override
    public State start() {
        return State.ofSize(1 + CELLS * PROCESSES);
    }

    // ---- cells ----

    private static int at(int process) {
        return 1 + CELLS * (process - 1);
    }

    private static int share(int process) {
        return at(process) + 1;
    }

    /** Whether the state has changed since a process has read it. */
    private static int stale(int process) {
        return at(process) + 2;
    }

    /** The shares that a process takes away, in bits. */
    private static int gone(int process) {
        return at(process) + 3;
    }

    /** Whether a token was free when a process read the state. */
    private static int free(int process) {
        return at(process) + 4;
    }

    private static At at(State state, int process) {
        return At.values()[state.get(at(process))];
    }

    private static State go(State state, int process, At next) {
        State moved = state.with(at(process), next.ordinal());
        return next.hasRead()
                ? moved
                : moved.with(stale(process), 0).with(gone(process), 0).with(free(process), 0);
    }

    private static State read(State state, int process, At next, int size) {
        return go(state, process, next)
                .with(stale(process), 0)
                .with(gone(process), 0)
                .with(free(process), count(state) < size ? 1 : 0);
    }

    private static int count(State state) {
        int count = 0;
        for (int process = 1; process <= PROCESSES; process++) {
            count += state.get(share(process)) == HELD ? 1 : 0;
        }
        return count;
    }

    private State breaks(State state, Law law) {
        return stops.keep(law) && state.get(LAW) == 0 ? state.with(LAW, law.ordinal() + 1) : state;
    }

    private boolean keeps(Rule rule) {
        return !missing.contains(rule);
    }

    @Override
    public Optional<Law> broken(State state) {
        if (count(state) > size) {
            return Optional.of(Law.TOKENS);
        }
        int users = 0;
        for (int process = 1; process <= PROCESSES; process++) {
            users += at(state, process) == At.USE ? 1 : 0;
        }
        if (users > size && stops.keep(Law.HOLDERS)) {
            return Optional.of(Law.HOLDERS);
        }
        int law = state.get(LAW);
        return law == 0 ? Optional.empty() : Optional.of(Law.values()[law - 1]);
    }

    @Override
    public boolean isEnd(State state) {
        for (int process = 1; process <= PROCESSES; process++) {
            if (at(state, process).isAlive()) {
                return false;
            }
        }
        return true;
    }

    // ---- steps ----

    private static boolean isOnHostA(int process) {
        return process < PROCESSES;
    }

    private static String name(int process, At at) {
        return (at.isOfPlan() ? "plan " : "job ") + process + " (host " + (isOnHostA(process) ? "a" : "b") + ") ";
    }

    @Override
    public void addSteps(State state, Explorer.Steps steps) {
        for (int process = 1; process <= PROCESSES; process++) {
            At at = at(state, process);
            if (at.isAlive()) {
                addStep(state, process, at, steps);
                steps.addFault(name(process, at) + "is killed", go(state, process, At.KILLED));
                if (at == At.STARTED) {
                    steps.addFault(name(process, At.READ) + "is killed", go(state, process, At.ALONE));
                }
            }
        }
    }

    private void addStep(State state, int process, At at, Explorer.Steps steps) {
        String name = name(process, at);
        boolean isHeld = state.get(share(process)) == HELD;
        boolean isStale = state.get(stale(process)) > 0;
        switch (at) {
            case READ:
                steps.add(
                        name + (isHeld ? "finds that it holds a token, and starts its job" : "reads the state"),
                        isHeld ? go(state, process, At.STARTED) : read(state, process, At.LOOK_AT_OTHERS, size));
                break;
            case LOOK_AT_OTHERS:
                steps.add(name + "has looked at the others", go(state, process, At.CHANGE));
                for (int other = 1; other <= PROCESSES; other++) {
                    addLook(state, process, other, steps);
                }
                break;
            case CHANGE:
                if (isStale && keeps(Rule.CHANGE_OF_WHAT_WAS_READ)) {
                    steps.add(name + "finds that another was first", go(state, process, At.READ));
                } else {
                    steps.add(name + "creates the next state", changed(state, process));
                }
                break;
            case STARTED:
            case ALONE:
                steps.add(name + "begins, and shows itself", go(state, process, At.READ_AT_BEGIN));
                break;
            case READ_AT_BEGIN:
                addBegin(state, process, isHeld, steps);
                break;
            case BEGIN:
                steps.add(
                        name
                                + (isStale
                                        ? "finds that another was first"
                                        : "creates the next state, and uses its token"),
                        isStale ? go(state, process, At.READ_AT_BEGIN) : stale(go(state, process, At.USE), process));
                break;
            case USE:
                At next = keeps(Rule.GIVEN_BACK_BEFORE_DONE) ? At.READ_AT_END : At.MARK;
                steps.add(name + "has used its token", go(state, process, next));
                break;
            case READ_AT_END:
                steps.add(
                        name + (isHeld ? "finds that it holds its token" : "finds that it holds no token, and fails"),
                        isHeld ? read(state, process, At.GIVE_BACK, size) : go(state, process, At.ENDED));
                break;
            case GIVE_BACK:
                steps.add(
                        name + (isStale ? "finds that another was first" : "gives its token back"),
                        isStale
                                ? go(state, process, At.READ_AT_END)
                                : go(granted(state, state.with(share(process), NONE), process), process, At.MARK));
                break;
            case MARK:
                State marked = go(state, process, At.ENDED);
                boolean isFenced = !keeps(Rule.GIVEN_BACK_BEFORE_DONE) && !isHeld;
                steps.add(
                        name + "marks its job as done" + (isFenced ? ", though its token was taken away" : ""),
                        isFenced ? breaks(marked, Law.FENCED) : marked);
                break;
            default:
                throw new AssertionError(at);
        }
    }

    private void addBegin(State state, int process, boolean isHeld, Explorer.Steps steps) {
        String name = name(process, At.READ_AT_BEGIN);
        if (!isHeld) {
            steps.add(name + "finds that it holds no token, and fails", go(state, process, At.ENDED));
        } else if (keeps(Rule.BEGUN_BY_A_CHANGE)) {
            steps.add(name + "finds that it holds its token", read(state, process, At.BEGIN, size));
        } else {
            steps.add(name + "finds that it holds its token, and uses it", go(state, process, At.USE));
        }
    }

    private void addLook(State state, int process, int other, Explorer.Steps steps) {
        int taken = state.get(gone(process));
        boolean isOfInterest = other != process && state.get(share(other)) != NONE && (taken & 1 << other) == 0;
        if (!isOfInterest || !keeps(Rule.GONE_ARE_HEALED)) {
            return;
        }
        boolean isLocal = isOnHostA(process) == isOnHostA(other);
        At at = at(state, other);
        boolean isAlive = at.isAlive() && at != At.ALONE;
        boolean maySeemGone = !isAlive || !isLocal && stops.areAllowed() || !keeps(Rule.ONLY_GONE_ARE_HEALED);
        if (maySeemGone) {
            steps.add(
                    name(process, At.LOOK_AT_OTHERS)
                            + (isAlive
                                    ? "takes plan " + other + " and its job for gone"
                                    : at == At.ALONE
                                            ? "sees that plan " + other + " is gone, and its job has not begun"
                                            : "sees that plan " + other + " and its job are gone"),
                    state.with(gone(process), taken | 1 << other));
        }
    }

    /** Returns the state in which a process has asked, has taken away what others do not hold any longer, and reads again. */
    private State changed(State state, int process) {
        State after = state;
        int taken = state.get(gone(process));
        for (int other = 1; other <= PROCESSES; other++) {
            if ((taken & 1 << other) > 0) {
                after = after.with(share(other), NONE);
            }
        }
        if (after.get(share(process)) == NONE) {
            after = after.with(share(process), WAITS);
        }
        if (state.get(stale(process)) > 0 && state.get(free(process)) > 0) {
            after = after.with(share(process), HELD); // by what was read long ago
        }
        return go(granted(state, after, process), process, At.READ);
    }

    /** Grants what is free to those who wait, and makes what others have read stale. */
    private State granted(State before, State changed, int process) {
        State after = changed;
        for (int each = 1; each <= PROCESSES; each++) {
            if (after.get(share(each)) == WAITS && count(after) < size) {
                after = after.with(share(each), HELD);
            }
        }
        return after.equals(before) ? after : stale(after, process);
    }

    /** Makes what others have read stale, because a process has created the next state. */
    private static State stale(State state, int process) {
        State after = state;
        for (int other = 1; other <= PROCESSES; other++) {
            if (other != process && at(state, other).hasRead()) {
                after = after.with(stale(other), 1);
            }
        }
        return after;
    }
}
