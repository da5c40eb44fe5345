package org.experimaestro.workspace.protocol;

/** The cells of the states of {@link BatchModel}: the files of the attempts, the plans, and the job's processes. */
final class BatchCells {
    static final int LAST = 0;
    static final int DONE = 1;
    private static final int LAW = 2;
    private static final int HEAD = 3;
    private static final int ATTEMPT_CELLS = 6;
    private static final int PLAN_CELLS = 6;
    private static final int PROCESS_CELLS = 6;

    /** The contents of {@code process-N.json}. */
    static final int ABSENT = 0;

    static final int VOID = 1;
    static final int BEGUN = 2;

    /** A batch job on its node; on a node that the batch system has lost; started again elsewhere. */
    static final int ON_LOST_NODE = 1;

    static final int REPLACED = 2;

    /** A process that was started again, and one that has claimed an attempt of its own since. */
    static final int RESTARTED = 1;

    static final int CLAIMED_AGAIN = 2;

    /** The reports that a plan may have from the batch system. */
    static final int PRESENT = 0;

    static final int LOST = 1;
    static final int SEEN_TO_END = 2;

    final int plans;
    final int processes;
    final int attempts;

    /** The next step of a plan (JobAttempts, JobReconciler, BatchSubmitter, AttemptCloser). */
    enum At {
        ASK,
        LOOK,
        LOOK_HANDED,
        LOOK_PROCESS,
        LOOK_MARKERS,
        LOOK_AT_CLAIMANT,
        DECLARE_VOID,
        CLAIM,
        SUBMIT,
        RECORD,
        END_VOID,
        END,
        ENDED,
        KILLED
    }

    /** The next step of a job's process (Attempt, JobMain, JobAttempts#claimAgain). */
    enum Run {
        NONE,
        STARTED,
        NOT_SUPERSEDED,
        IN_TASK,
        DONE_WELL,
        NO_LATER_ATTEMPT,
        FAILED,
        AWAIT_FORMER,
        LOOK_AGAIN,
        DECLARE_VOID,
        FAIL_LAST,
        CLAIM,
        GONE;

        boolean isAlive() {
            return this != NONE && this != GONE;
        }

        boolean hasBegun() {
            return this == IN_TASK || this == DONE_WELL || this == NO_LATER_ATTEMPT || this == FAILED;
        }
    }

    BatchCells(int plans, int processes, int attempts) {
        this.plans = plans;
        this.processes = processes;
        this.attempts = attempts;
    }

    State empty() {
        return State.ofSize(HEAD + ATTEMPT_CELLS * attempts + PLAN_CELLS * plans + PROCESS_CELLS * processes);
    }

    // ---- attempts ----

    private static int cell(int attempt, int index) {
        return HEAD + ATTEMPT_CELLS * (attempt - 1) + index;
    }

    /** The attempt whose batch job an attempt continues, or 0. */
    static int continued(int attempt) {
        return cell(attempt, 0);
    }

    static int handed(int attempt) {
        return cell(attempt, 1);
    }

    static int process(int attempt) {
        return cell(attempt, 2);
    }

    static int failed(int attempt) {
        return cell(attempt, 3);
    }

    static int ended(int attempt) {
        return cell(attempt, 4);
    }

    /** The submissions of an attempt that wait in the batch system. */
    static int queued(int attempt) {
        return cell(attempt, 5);
    }

    static int batchJob(State state, int attempt) {
        return state.get(continued(attempt)) > 0 ? state.get(continued(attempt)) : attempt;
    }

    static boolean isOver(State state, int attempt) {
        return state.get(DONE) > 0 || state.get(failed(attempt)) > 0 || state.get(ended(attempt)) > 0;
    }

    // ---- plans ----

    private int at(int plan) {
        return HEAD + ATTEMPT_CELLS * attempts + PLAN_CELLS * (plan - 1);
    }

    /** The number of the last attempt, as a plan has seen it. */
    int seen(int plan) {
        return at(plan) + 1;
    }

    /** What a plan knows about the last attempt, as it reads one file after another. */
    int known(int plan) {
        return at(plan) + 2;
    }

    int report(int plan) {
        return at(plan) + 3;
    }

    /** The attempt that a plan has claimed last, or 0. */
    int claimed(int plan) {
        return at(plan) + 4;
    }

    /** The attempt whose process had begun when a plan looked before it asked the batch system, or 0. */
    int begunBefore(int plan) {
        return at(plan) + 5;
    }

    /** Returns whether a plan that lives has claimed an attempt. */
    boolean hasClaimant(State state, int attempt) {
        for (int plan = 1; plan <= plans; plan++) {
            if (state.get(claimed(plan)) == attempt) {
                return true;
            }
        }
        return false;
    }

    /** Returns the state that stands for all those that differ only by the names of plans and processes. */
    State canonical(State state) {
        return state.sorted(at(1), PLAN_CELLS, plans).sorted(run(1), PROCESS_CELLS, processes);
    }

    At at(State state, int plan) {
        return At.values()[state.get(at(plan))];
    }

    /** Moves a plan to its next step. What it has forgotten is no part of its state. */
    State go(State state, int plan, At next) {
        State moved = state.with(at(plan), next.ordinal());
        int step = next.ordinal();
        if (step < At.LOOK_PROCESS.ordinal() || step > At.LOOK_MARKERS.ordinal()) {
            moved = moved.with(known(plan), 0);
        }
        if (step < At.LOOK.ordinal() || step > At.LOOK_MARKERS.ordinal()) {
            moved = moved.with(report(plan), PRESENT);
        }
        if (step > At.LOOK_MARKERS.ordinal()) {
            moved = moved.with(begunBefore(plan), 0);
        }
        if (step >= At.ENDED.ordinal()) {
            moved = moved.with(claimed(plan), 0);
        }
        boolean isForgotten = next == At.LOOK || step >= At.ENDED.ordinal();
        return isForgotten ? moved.with(seen(plan), 0) : moved;
    }

    /** Has a plan look at the job anew. */
    State again(State state, int plan) {
        return go(state, plan, At.LOOK).with(report(plan), PRESENT).with(begunBefore(plan), 0);
    }

    // ---- processes ----

    private int run(int process) {
        return HEAD + ATTEMPT_CELLS * attempts + PLAN_CELLS * plans + PROCESS_CELLS * (process - 1);
    }

    /** The attempt for which a process was submitted. */
    int job(int process) {
        return run(process) + 1;
    }

    /** The attempt that a process runs. */
    int own(int process) {
        return run(process) + 2;
    }

    int restart(int process) {
        return run(process) + 3;
    }

    int node(int process) {
        return run(process) + 4;
    }

    /** The number of the last attempt, as a process that was started again has seen it. */
    int last(int process) {
        return run(process) + 5;
    }

    Run run(State state, int process) {
        return Run.values()[state.get(run(process))];
    }

    /** Moves a process to its next step. Of one that is gone, only what the batch system may still do counts. */
    State go(State state, int process, Run next) {
        State moved = state.with(run(process), next.ordinal());
        if (next != Run.GONE) {
            return moved;
        }
        int node = state.get(node(process)) == REPLACED ? REPLACED : 0;
        return moved.with(own(process), 0)
                .with(restart(process), 0)
                .with(last(process), 0)
                .with(node(process), node);
    }

    /** Returns the process that has begun an attempt, and lives; 0 if there is none. */
    int owner(State state, int attempt) {
        for (int process = 1; process <= processes; process++) {
            if (run(state, process).hasBegun() && state.get(own(process)) == attempt) {
                return process;
            }
        }
        return 0;
    }

    /** Returns whether a process lives, and the batch system knows it. */
    boolean isKnownToRun(State state, int process) {
        return run(state, process).isAlive() && state.get(node(process)) == 0;
    }

    // ---- laws ----

    static State breaks(State state, Law law) {
        return state.get(LAW) == 0 ? state.with(LAW, law.ordinal() + 1) : state;
    }

    static int law(State state) {
        return state.get(LAW);
    }

    static String voided(boolean isFree, int attempt) {
        return isFree
                ? "creates process-" + attempt + ".json, as void"
                : "finds that process-" + attempt + ".json is there";
    }
}
