package org.experimaestro.workspace.protocol;

import java.util.Optional;
import java.util.Set;

/**
 * The protocol of outputs that are removed, and made again: runs 1 (host a) and 2 (host b) have used the outputs of a job that is
 * done, and remove them, and run 3 (host a) needs them. Each step is one operation on a file, or one look at a process. Any process may be
 * killed between any two steps. No process stops for longer than the time of a lease.
 */
final class RemovalModel implements Explorer.Model {
    private static final int REMOVERS = 2;
    private static final int USER = 3;
    private static final int ATTEMPTS = 5;

    /** The last number that was taken. */
    private static final int LAST = 0;
    /** The attempt of {@code done.json}; 0 if there is none. */
    private static final int DONE = 1;
    /** The attempt whose outputs are in the folder; 0 if some are missing. */
    private static final int OUTPUTS = 2;

    private static final int LAW = 3;
    /** The record of the user: that it needs the job: 1; or 3 if only its host sees it; and that it does no more: 2. */
    private static final int RECORD = 4;

    /** The removing runs that have recorded that they need the outputs no more, as bits. */
    private static final int RELEASED = 5;

    private static final int OF_ATTEMPTS = 6;
    private static final int OF_RUNS = OF_ATTEMPTS + 3 * ATTEMPTS;
    private static final int SIZE = OF_RUNS + 2 * USER;

    private static final int RUNS = 1;
    private static final int REMOVES = 2;

    private final Set<Rule> missing;

    /** The next step of a run (OutputRemoval, OutputRemovals, LostOutputs, JobAttempts). */
    private enum At {
        /** Of the user only. */
        RECORD_NEED,
        /** Of the user only, if its host keeps the record for a while. */
        SEND_RECORD,
        LOOK_DONE,
        LOOK_LAST,
        DECLARE_VOID,
        CLAIM,
        LOOK_FOR_USERS,
        MOVE_MARKER,
        MOVE_FILES,
        END_CLAIM,
        /** Of the user only, as what follows. */
        WRITE_OUTPUTS,
        MARK_DONE,
        READ_OUTPUTS,
        /** Of all. */
        RELEASE,
        ENDED,
        KILLED;

        boolean isAlive() {
            return this != ENDED && this != KILLED;
        }
    }

    /**
     * Creates a model.
     *
     * @param missing the rules that are not kept
     */
    RemovalModel(Set<Rule> missing) {
        this.missing = missing;
    }

    @Override
    public State start() {
        State state = State.ofSize(SIZE)
                .with(LAST, 1)
                .with(DONE, 1)
                .with(OUTPUTS, 1)
                .with(kind(1), RUNS)
                .with(isVoid(1), 1);
        for (int run = 1; run <= REMOVERS; run++) {
            state = state.with(at(run), (keeps(Rule.RELEASE_BEFORE_USERS) ? At.RELEASE : first()).ordinal());
        }
        return state.with(at(USER), (keeps(Rule.RECORD_BEFORE_STATE) ? At.RECORD_NEED : At.LOOK_DONE).ordinal());
    }

    /** The first step of a removal. */
    private At first() {
        return keeps(Rule.CLAIM_BEFORE_USERS) ? At.LOOK_DONE : At.LOOK_FOR_USERS;
    }

    /** The last step of a removal. */
    private At last() {
        return keeps(Rule.RELEASE_BEFORE_USERS) ? At.ENDED : At.RELEASE;
    }

    // ---- cells ----

    private static int kind(int attempt) {
        return OF_ATTEMPTS + 3 * (attempt - 1);
    }

    private static int claimant(int attempt) {
        return kind(attempt) + 1;
    }

    private static int isVoid(int attempt) {
        return kind(attempt) + 2;
    }

    private static int at(int run) {
        return OF_RUNS + 2 * (run - 1);
    }

    /** The last number that a run has seen, or that of its own claim. */
    private static int seen(int run) {
        return at(run) + 1;
    }

    private static At at(State state, int run) {
        return At.values()[state.get(at(run))];
    }

    private static State go(State state, int run, At next) {
        State moved = state.with(at(run), next.ordinal());
        return next == At.LOOK_DONE || !next.isAlive() ? moved.with(seen(run), 0) : moved;
    }

    private static State breaks(State state, Law law) {
        return state.get(LAW) == 0 ? state.with(LAW, law.ordinal() + 1) : state;
    }

    private boolean keeps(Rule rule) {
        return !missing.contains(rule);
    }

    private static String name(int run) {
        return "run " + run + " (host " + (run == 2 ? "b" : "a") + ") ";
    }

    @Override
    public Optional<Law> broken(State state) {
        if (state.get(DONE) > 0 && state.get(OUTPUTS) != state.get(DONE)) {
            return Optional.of(Law.OUTPUTS_THERE);
        }
        boolean haveEnded = at(state, 1) == At.ENDED && at(state, 2) == At.ENDED;
        if (haveEnded && at(state, USER) == At.KILLED && state.get(RECORD) == 0 && state.get(DONE) > 0) {
            return Optional.of(Law.LAST_REMOVES);
        }
        int law = state.get(LAW);
        return law == 0 ? Optional.empty() : Optional.of(Law.values()[law - 1]);
    }

    @Override
    public boolean isEnd(State state) {
        for (int run = 1; run <= USER; run++) {
            if (at(state, run).isAlive()) {
                return false;
            }
        }
        return true;
    }

    // ---- steps ----

    @Override
    public void addSteps(State state, Explorer.Steps steps) {
        for (int run = 1; run <= USER; run++) {
            At at = at(state, run);
            if (at.isAlive()) {
                addStep(state, run, at, steps);
                steps.addFault(name(run) + "is killed", go(state, run, At.KILLED));
            }
        }
    }

    private void addStep(State state, int run, At at, Explorer.Steps steps) {
        String name = name(run);
        int seen = state.get(seen(run));
        switch (at) {
            case RECORD_NEED:
                boolean isFirst = keeps(Rule.RECORD_BEFORE_STATE);
                boolean isSent = keeps(Rule.RECORD_SENT_BEFORE_STATE);
                steps.add(
                        name + "records that it needs the job",
                        go(state.with(RECORD, isSent ? 1 : 3), run, isFirst ? At.LOOK_DONE : At.READ_OUTPUTS));
                break;
            case SEND_RECORD:
                steps.add("host a sends the record of run 3", go(state.with(RECORD, 1), run, At.READ_OUTPUTS));
                break;
            case LOOK_DONE:
                addLookAtDone(state, run, steps);
                break;
            case LOOK_LAST:
                addLookAtLast(state, run, steps);
                break;
            case DECLARE_VOID:
                boolean isFree = state.get(isVoid(seen)) == 0;
                steps.add(
                        name
                                + (isFree
                                        ? "creates process-" + seen + ".json, as void"
                                        : "finds that process-" + seen + ".json is there"),
                        isFree ? go(state.with(isVoid(seen), 1), run, At.CLAIM) : go(state, run, At.LOOK_DONE));
                break;
            case CLAIM:
                addClaim(state, run, seen, steps);
                break;
            case LOOK_FOR_USERS:
                addLookForUsers(state, run, steps);
                break;
            case MOVE_MARKER:
                steps.add(
                        name + "renames done.json",
                        go(state.with(DONE, 0), run, keeps(Rule.REMOVED_BEFORE_MOVED) ? At.MOVE_FILES : At.END_CLAIM));
                break;
            case MOVE_FILES:
                steps.add(
                        name + "moves the files away",
                        go(
                                state.with(OUTPUTS, 0),
                                run,
                                keeps(Rule.REMOVED_BEFORE_MOVED) ? At.END_CLAIM : At.MOVE_MARKER));
                break;
            case END_CLAIM:
                steps.add(
                        name + "sees to it that process-" + seen + ".json is there, as void",
                        go(state.with(isVoid(seen), 1), run, last()));
                break;
            case WRITE_OUTPUTS:
                steps.add(
                        name + "runs attempt " + seen + " in a clean folder",
                        go(state.with(OUTPUTS, seen), run, At.MARK_DONE));
                break;
            case MARK_DONE:
                steps.add(
                        name + "creates done.json",
                        go(state.with(DONE, seen).with(isVoid(seen), 1), run, At.READ_OUTPUTS));
                break;
            case READ_OUTPUTS:
                State read = go(state, run, At.RELEASE);
                steps.add(
                        name + "runs a job that reads the outputs",
                        state.get(OUTPUTS) == 0 ? breaks(read, Law.FOUND_IS_THERE) : read);
                break;
            case RELEASE:
                boolean isFirstStep = run != USER && keeps(Rule.RELEASE_BEFORE_USERS);
                State released =
                        run == USER ? state.with(RECORD, 2) : state.with(RELEASED, state.get(RELEASED) | 1 << run);
                steps.add(
                        name + "records that it needs the job no more",
                        go(released, run, isFirstStep ? first() : At.ENDED));
                break;
            default:
                throw new AssertionError(at);
        }
    }

    private void addLookAtDone(State state, int run, Explorer.Steps steps) {
        boolean isDone = state.get(DONE) > 0;
        At next = run == USER || isDone ? At.LOOK_LAST : last();
        if (run == USER && isDone && !keeps(Rule.DONE_LOOKED_AT_AGAIN)) {
            next = At.READ_OUTPUTS;
        }
        steps.add(name(run) + (isDone ? "finds done.json" : "finds no done.json"), go(state, run, next));
    }

    /** Looks at the last number: a user may use the outputs, or make them again; a remover may claim. */
    private void addLookAtLast(State state, int run, Explorer.Steps steps) {
        String name = name(run);
        int last = state.get(LAST);
        String found = name + "finds attempt-" + last + ".json";
        State looked = state.with(seen(run), last);
        int claimant = state.get(claimant(last));
        boolean isOver = state.get(isVoid(last)) > 0;
        boolean isLive = !isOver && at(state, claimant).isAlive();
        boolean hasOutputs = state.get(DONE) > 0;
        if (run == USER && hasOutputs) {
            // What it has found before, and the claim of a removal; a claim that comes later sees its record.
            boolean waits = isLive && state.get(kind(last)) == REMOVES;
            At use = !keeps(Rule.RECORD_BEFORE_STATE)
                    ? At.RECORD_NEED
                    : keeps(Rule.RECORD_SENT_BEFORE_STATE) ? At.READ_OUTPUTS : At.SEND_RECORD;
            steps.add(
                    found + (waits ? ", whose removal goes on, and waits" : ", and no removal"),
                    go(state, run, waits ? At.LOOK_DONE : use));
            return;
        }
        if (run != USER && !hasOutputs) {
            steps.add(found + ", and that the job is not done", go(state, run, last()));
            return;
        }
        if (last == ATTEMPTS) {
            steps.add(found, go(state, run, At.ENDED));
        } else if (isOver) {
            steps.add(found + ", which is over", go(looked, run, At.CLAIM));
        } else if (!keeps(Rule.REMOVAL_OVER_BEFORE_NEXT) && run == USER) {
            steps.add(found, go(looked, run, At.CLAIM));
        } else {
            steps.add(
                    found + (isLive ? ", which goes on, and waits" : ", whose process is gone"),
                    isLive ? go(state, run, At.LOOK_DONE) : go(looked, run, At.DECLARE_VOID));
        }
    }

    private void addClaim(State state, int run, int seen, Explorer.Steps steps) {
        int next = seen + 1;
        String file = "attempt-" + next + ".json";
        if (state.get(LAST) != seen) {
            steps.add(name(run) + "finds that " + file + " is there", go(state, run, At.LOOK_DONE));
            return;
        }
        State claimed = state.with(LAST, next)
                .with(claimant(next), run)
                .with(kind(next), run == USER ? RUNS : REMOVES)
                .with(seen(run), next);
        At move = keeps(Rule.REMOVED_BEFORE_MOVED) ? At.MOVE_MARKER : At.MOVE_FILES;
        At after = run == USER ? At.WRITE_OUTPUTS : keeps(Rule.CLAIM_BEFORE_USERS) ? At.LOOK_FOR_USERS : move;
        steps.add(name(run) + "creates " + file, go(claimed, run, after));
    }

    private void addLookForUsers(State state, int run, Explorer.Steps steps) {
        boolean isFirstLook = !keeps(Rule.CLAIM_BEFORE_USERS);
        boolean isSeen = state.get(RECORD) == 1 || state.get(RECORD) == 3 && run == 1;
        boolean isNeeded = isSeen && at(state, USER).isAlive();
        // What is on another host, and has recorded no end, counts as one that goes on.
        boolean isUnknown = state.get(RECORD) == 1 && run == 2;
        int other = REMOVERS + 1 - run;
        // A run that has ended, or was killed on this host, needs nothing; of one that was killed on another host
        // nobody knows.
        boolean isOtherOver = at(state, other) == At.ENDED;
        boolean isUsedByOther = (state.get(RELEASED) & 1 << other) == 0 && !isOtherOver;
        At move = keeps(Rule.REMOVED_BEFORE_MOVED) ? At.MOVE_MARKER : At.MOVE_FILES;
        if (isNeeded || isUnknown || isUsedByOther) {
            steps.add(
                    name(run) + "finds that run " + (isUsedByOther ? other : USER) + " needs the job",
                    go(state, run, isFirstLook ? last() : At.END_CLAIM));
        } else {
            steps.add(
                    name(run) + "finds that no other run needs the job",
                    go(state, run, isFirstLook ? At.LOOK_DONE : move));
        }
    }
}
