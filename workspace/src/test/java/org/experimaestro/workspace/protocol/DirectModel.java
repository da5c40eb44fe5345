package org.experimaestro.workspace.protocol;

import java.util.Optional;
import java.util.Set;

/**
 * The protocol of a job whose process the plan starts itself: plans 1 and 2 on host a, plan 3 on host b, and two
 * attempts. Each step is one operation on a file, or one look at a process. Any process may be killed between any two
 * steps. Time is no part of it: what another host can see of a process only by the time of a file may be seen so or so.
 */
final class DirectModel implements Explorer.Model {
    private static final int PLANS = 3;
    private static final int ATTEMPTS = 2;

    private static final int LAST = 0;
    private static final int DONE = 1;
    private static final int WRITER = 2;
    private static final int LAW = 3;
    private static final int SIZE = 4 + 4 * ATTEMPTS + 3 * PLANS;

    private static final int ABSENT = 0;
    private static final int VOID = 1;
    private static final int BEGUN = 2;

    private final Set<Rule> missing;
    private final Stops stops;

    /** The next step of a plan (JobAttempts#tryToClaim, JobReconciler, LocalExecution). */
    private enum At {
        LOOK_DONE,
        LOOK_LAST,
        LOOK_PROCESS,
        LOOK_AT_LIFE,
        LOOK_DONE_AGAIN,
        LOOK_FAILED,
        LOOK_AT_CLAIMANT,
        LOOK_AGAIN,
        DECLARE_VOID,
        CLAIM,
        START,
        AWAIT,
        LOOK_DONE_AT_END,
        TELL_FAILED,
        ENDED,
        KILLED
    }

    /** The next step of the process of an attempt (Attempt, JobMain, JobTermination). */
    private enum Run {
        NONE,
        STARTED,
        NOT_SUPERSEDED,
        IN_TASK,
        DONE_WELL,
        NO_LATER_ATTEMPT,
        FAILED,
        GONE;

        boolean isAlive() {
            return this != NONE && this != GONE;
        }
    }

    /** The knowledge of a plan about the process of the last attempt. */
    private static final int SEEN_ABSENT = 0;

    private static final int SEEN_GONE = 1;
    private static final int SEEN_ALIVE = 2;

    /**
     * Creates a model.
     *
     * @param missing the rules that are not kept
     * @param stops whether processes may stop for longer than the time of a lease
     */
    DirectModel(Set<Rule> missing, Stops stops) {
        this.missing = missing;
        this.stops = stops;
    }

    @Override
    public State start() {
        return State.ofSize(SIZE);
    }

    // ---- cells ----

    private static int claimant(int attempt) {
        return 4 * attempt;
    }

    private static int process(int attempt) {
        return 4 * attempt + 1;
    }

    private static int failed(int attempt) {
        return 4 * attempt + 2;
    }

    private static int run(int attempt) {
        return 4 * attempt + 3;
    }

    private static int at(int plan) {
        return 4 + 4 * ATTEMPTS + 3 * (plan - 1);
    }

    private static int seen(int plan) {
        return at(plan) + 1;
    }

    private static int life(int plan) {
        return at(plan) + 2;
    }

    private static At at(State state, int plan) {
        return At.values()[state.get(at(plan))];
    }

    private static Run run(State state, int attempt) {
        return Run.values()[state.get(run(attempt))];
    }

    private static State go(State state, int plan, At next) {
        State moved = state.with(at(plan), next.ordinal());
        // What a plan has forgotten is no part of its state.
        if (next == At.LOOK_DONE || next == At.ENDED || next == At.KILLED) {
            moved = moved.with(seen(plan), 0);
        }
        return next.ordinal() <= At.LOOK_PROCESS.ordinal() || next.ordinal() >= At.DECLARE_VOID.ordinal()
                ? moved.with(life(plan), 0)
                : moved;
    }

    private static State go(State state, int attempt, Run next) {
        return state.with(run(attempt), next.ordinal());
    }

    private State breaks(State state, Law law) {
        return stops.keep(law) && state.get(LAW) == 0 ? state.with(LAW, law.ordinal() + 1) : state;
    }

    private boolean keeps(Rule rule) {
        return !missing.contains(rule);
    }

    @Override
    public Optional<Law> broken(State state) {
        int law = state.get(LAW);
        return law == 0 ? Optional.empty() : Optional.of(Law.values()[law - 1]);
    }

    @Override
    public boolean isEnd(State state) {
        for (int plan = 1; plan <= PLANS; plan++) {
            if (at(state, plan) != At.ENDED && at(state, plan) != At.KILLED) {
                return false;
            }
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (run(state, attempt).isAlive()) {
                return false;
            }
        }
        return true;
    }

    // ---- hosts ----

    private static boolean isOnHostA(int plan) {
        return plan < PLANS;
    }

    private static boolean isLocal(int plan, int other) {
        return isOnHostA(plan) == isOnHostA(other);
    }

    private static String name(int plan) {
        return "plan " + plan + " (host " + (isOnHostA(plan) ? "a" : "b") + ") ";
    }

    private static String name(State state, int attempt) {
        return "process " + attempt + " (host " + (isOnHostA(state.get(claimant(attempt))) ? "a" : "b") + ") ";
    }

    // ---- steps ----

    @Override
    public void addSteps(State state, Explorer.Steps steps) {
        for (int plan = 1; plan <= PLANS; plan++) {
            At at = at(state, plan);
            if (at != At.ENDED && at != At.KILLED) {
                addStep(state, plan, at, steps);
                steps.addFault(name(plan) + "is killed", go(state, plan, At.KILLED));
            }
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (run(state, attempt).isAlive()) {
                addStep(state, attempt, run(state, attempt), steps);
                steps.addFault(name(state, attempt) + "is killed", go(state, attempt, Run.GONE));
            }
        }
    }

    private void addStep(State state, int plan, At at, Explorer.Steps steps) {
        String name = name(plan);
        int seen = state.get(seen(plan));
        boolean isFirstLook = keeps(Rule.PROCESS_BEFORE_MARKERS);
        switch (at) {
            case LOOK_DONE:
                steps.add(
                        name + (state.get(DONE) > 0 ? "finds done.json, and ends" : "finds no done.json"),
                        go(state, plan, state.get(DONE) > 0 ? At.ENDED : At.LOOK_LAST));
                break;
            case LOOK_LAST:
                int last = state.get(LAST);
                steps.add(
                        name + (last == 0 ? "finds no attempt" : "finds attempt-" + last + ".json"),
                        go(state.with(seen(plan), last), plan, last == 0 ? At.CLAIM : At.LOOK_PROCESS));
                break;
            case LOOK_PROCESS:
                addLookAtProcess(state, plan, seen, steps);
                break;
            case LOOK_AT_LIFE:
                int owner = state.get(claimant(seen));
                boolean isAlive = run(state, seen).isAlive();
                At after = isFirstLook ? At.LOOK_DONE_AGAIN : At.LOOK_DONE;
                if (isAlive || !isLocal(plan, owner)) {
                    State alive = state.with(life(plan), SEEN_ALIVE);
                    steps.add(name + "sees that process " + seen + " lives", go(alive, plan, after));
                }
                if (!isAlive || !isLocal(plan, owner) && stops.areAllowed()) {
                    State gone = state.with(life(plan), SEEN_GONE);
                    steps.add(
                            name + "sees that process " + seen + " is gone",
                            isFirstLook ? go(gone, plan, after) : over(gone, plan));
                }
                break;
            case LOOK_DONE_AGAIN:
                steps.add(
                        name + (state.get(DONE) > 0 ? "finds done.json, and ends" : "finds no done.json"),
                        go(state, plan, state.get(DONE) > 0 ? At.ENDED : At.LOOK_FAILED));
                break;
            case LOOK_FAILED:
                addLookAtFailure(state, plan, seen, isFirstLook, steps);
                break;
            case LOOK_AT_CLAIMANT:
                addLookAtClaimant(state, plan, seen, steps);
                break;
            case LOOK_AGAIN:
                boolean isOver = state.get(process(seen)) != ABSENT || state.get(failed(seen)) > 0;
                steps.add(
                        name + (isOver ? "finds that process-" + seen + ".json is there now" : "looks again"),
                        go(state, plan, isOver ? At.CLAIM : At.DECLARE_VOID));
                break;
            case DECLARE_VOID:
                boolean isFree = state.get(process(seen)) == ABSENT;
                steps.add(
                        name
                                + (isFree
                                        ? "creates process-" + seen + ".json, as void"
                                        : "finds that process-" + seen + ".json is there"),
                        isFree ? go(state.with(process(seen), VOID), plan, At.CLAIM) : go(state, plan, At.LOOK_DONE));
                break;
            case CLAIM:
                addClaim(state, plan, seen, steps);
                break;
            case START:
                steps.add(name + "starts process " + seen, go(go(state, seen, Run.STARTED), plan, At.AWAIT));
                break;
            case AWAIT:
                if (run(state, seen) == Run.GONE) {
                    steps.add(
                            name + "sees that its process " + seen + " has ended",
                            go(state, plan, At.LOOK_DONE_AT_END));
                }
                break;
            case LOOK_DONE_AT_END:
                steps.add(
                        name + (state.get(DONE) > 0 ? "finds done.json, and ends" : "finds no done.json"),
                        go(state, plan, state.get(DONE) > 0 ? At.ENDED : At.TELL_FAILED));
                break;
            case TELL_FAILED:
                steps.add(
                        name + "sees to it that failed-" + seen + ".json is there",
                        go(state.with(failed(seen), 1), plan, seen == ATTEMPTS ? At.ENDED : At.LOOK_DONE));
                break;
            default:
                throw new AssertionError(at);
        }
    }

    private void addLookAtProcess(State state, int plan, int seen, Explorer.Steps steps) {
        String name = name(plan);
        int process = state.get(process(seen));
        if (process == ABSENT) {
            steps.add(
                    name + "finds no process-" + seen + ".json",
                    go(state.with(life(plan), SEEN_ABSENT), plan, At.LOOK_FAILED));
        } else if (process == VOID) {
            steps.add(name + "finds process-" + seen + ".json, which is void", over(state, plan));
        } else if (!keeps(Rule.OVER_BEFORE_NEXT)) {
            steps.add(name + "finds process-" + seen + ".json", over(state, plan));
        } else {
            boolean isFirstLook = keeps(Rule.PROCESS_BEFORE_MARKERS);
            steps.add(
                    name + "finds process-" + seen + ".json",
                    go(state.with(life(plan), SEEN_GONE), plan, isFirstLook ? At.LOOK_AT_LIFE : At.LOOK_DONE_AGAIN));
        }
    }

    private void addLookAtFailure(State state, int plan, int seen, boolean isFirstLook, Explorer.Steps steps) {
        String name = name(plan);
        int life = state.get(life(plan));
        if (state.get(failed(seen)) > 0) {
            steps.add(name + "finds failed-" + seen + ".json", over(state, plan));
        } else if (life == SEEN_ABSENT) {
            steps.add(name + "finds no failed-" + seen + ".json", go(state, plan, At.LOOK_AT_CLAIMANT));
        } else if (!isFirstLook) {
            steps.add(name + "finds no failed-" + seen + ".json", go(state, plan, At.LOOK_AT_LIFE));
        } else {
            steps.add(
                    name + "finds no failed-" + seen + ".json" + (life == SEEN_ALIVE ? ", and waits" : ""),
                    life == SEEN_ALIVE ? go(state, plan, At.LOOK_DONE) : over(state, plan));
        }
    }

    /** The file of an attempt is never renewed: after three minutes, a claimant of another host counts as gone. */
    private void addLookAtClaimant(State state, int plan, int seen, Explorer.Steps steps) {
        String name = name(plan);
        int claimant = state.get(claimant(seen));
        At at = at(state, claimant);
        boolean isAlive = at != At.KILLED && at != At.ENDED;
        boolean isLocal = isLocal(plan, claimant);
        if (isAlive || !isLocal) {
            steps.add(name + "sees that plan " + claimant + " lives, and waits", go(state, plan, At.LOOK_DONE));
        }
        if (!isAlive || !isLocal) {
            At next = !keeps(Rule.VOID_BEFORE_NEXT)
                    ? At.CLAIM
                    : keeps(Rule.BEGUN_AS_SEEN) ? At.DECLARE_VOID : At.LOOK_AGAIN;
            steps.add(
                    name + "sees that plan " + claimant + " is gone",
                    go(state, plan, seen == ATTEMPTS ? At.ENDED : next));
        }
    }

    private static State over(State state, int plan) {
        return go(state, plan, state.get(seen(plan)) == ATTEMPTS ? At.ENDED : At.CLAIM);
    }

    private void addClaim(State state, int plan, int seen, Explorer.Steps steps) {
        int next = seen + 1;
        String file = "attempt-" + next + ".json";
        if (state.get(LAST) == seen) {
            State claimed =
                    go(state.with(LAST, next).with(claimant(next), plan).with(seen(plan), next), plan, At.START);
            steps.add(
                    name(plan) + "creates " + file,
                    state.get(DONE) > 0 ? breaks(claimed, Law.NOT_AFTER_DONE) : claimed);
        } else if (keeps(Rule.EXCLUSIVE_CLAIM)) {
            steps.add(name(plan) + "finds that " + file + " is there", go(state, plan, At.LOOK_DONE));
        } else {
            steps.add(name(plan) + "replaces " + file, breaks(state, Law.ONE_CLAIMANT));
        }
    }

    private void addStep(State state, int attempt, Run run, Explorer.Steps steps) {
        String name = name(state, attempt);
        boolean isLast = state.get(LAST) == attempt;
        switch (run) {
            case STARTED:
                boolean isSuperseded = !isLast || state.get(DONE) > 0;
                steps.add(
                        name + (isSuperseded ? "finds that it is superseded, and ends" : "finds no later attempt"),
                        go(state, attempt, isSuperseded ? Run.GONE : Run.NOT_SUPERSEDED));
                break;
            case NOT_SUPERSEDED:
                if (state.get(process(attempt)) == ABSENT || !keeps(Rule.EXCLUSIVE_BEGIN)) {
                    State begun = go(state.with(process(attempt), BEGUN).with(WRITER, attempt), attempt, Run.IN_TASK);
                    boolean isAlone = run(state, ATTEMPTS + 1 - attempt) != Run.IN_TASK;
                    steps.add(
                            name + "creates process-" + attempt + ".json, and runs the task",
                            isAlone ? begun : breaks(begun, Law.AT_ONCE));
                } else {
                    steps.add(
                            name + "finds that process-" + attempt + ".json is there, and ends",
                            go(state, attempt, Run.GONE));
                }
                break;
            case IN_TASK:
                steps.add(name + "returns from the task", go(state, attempt, Run.DONE_WELL));
                steps.add(name + "throws an exception", go(state, attempt, Run.FAILED));
                break;
            case DONE_WELL:
                if (!isLast && keeps(Rule.LATER_ATTEMPT_COUNTS)) {
                    steps.add(name + "finds a later attempt, and ends", go(state, attempt, Run.GONE));
                } else if (stops == Stops.BEFORE_THE_END) {
                    addDone(state, attempt, steps);
                } else {
                    steps.add(name + "finds no later attempt", go(state, attempt, Run.NO_LATER_ATTEMPT));
                }
                break;
            case NO_LATER_ATTEMPT:
                addDone(state, attempt, steps);
                break;
            case FAILED:
                steps.add(
                        name + "creates failed-" + attempt + ".json, and ends",
                        go(state.with(failed(attempt), 1), attempt, Run.GONE));
                break;
            default:
                throw new AssertionError(run);
        }
    }

    private void addDone(State state, int attempt, Explorer.Steps steps) {
        String name = name(state, attempt);
        State gone = go(state, attempt, Run.GONE);
        if (state.get(DONE) > 0) {
            steps.add(
                    name + (keeps(Rule.EXCLUSIVE_DONE) ? "finds done.json, and ends" : "replaces done.json"),
                    keeps(Rule.EXCLUSIVE_DONE) ? gone : breaks(gone, Law.DONE_ONCE));
            return;
        }
        State done = gone.with(DONE, attempt);
        if (state.get(LAST) != attempt) {
            done = breaks(done, Law.LAST_IS_DONE);
        }
        steps.add(
                name + "creates done.json, and ends", state.get(WRITER) == attempt ? done : breaks(done, Law.OUTPUTS));
    }
}
