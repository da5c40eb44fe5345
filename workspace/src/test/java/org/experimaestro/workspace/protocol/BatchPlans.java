package org.experimaestro.workspace.protocol;

import java.util.Set;
import org.experimaestro.workspace.protocol.BatchCells.At;

/** The steps of the plans in {@link BatchModel}. */
final class BatchPlans {
    /** The knowledge of a plan about the last attempt, in bits. */
    private static final int HANDED = 1;

    private static final int LOOKED_VOID = 2;
    private static final int LOOKED_ALIVE = 4;
    private static final int LOOKED_GONE = 8;

    private final BatchCells cells;
    private final Set<Rule> missing;
    private final boolean mayLoseAnswers;

    BatchPlans(BatchCells cells, boolean mayLoseAnswers, Set<Rule> missing) {
        this.cells = cells;
        this.mayLoseAnswers = mayLoseAnswers;
        this.missing = missing;
    }

    private boolean keeps(Rule rule) {
        return !missing.contains(rule);
    }

    private static String name(int plan) {
        return "plan " + plan + " ";
    }

    void addSteps(State state, Explorer.Steps steps) {
        for (int plan = 1; plan <= cells.plans; plan++) {
            At at = cells.at(state, plan);
            if (at != At.ENDED && at != At.KILLED) {
                addStep(state, plan, at, steps);
                steps.addFault(name(plan) + "is killed", cells.go(state, plan, At.KILLED));
            }
        }
    }

    private void addStep(State state, int plan, At at, Explorer.Steps steps) {
        String name = name(plan);
        int seen = state.get(cells.seen(plan));
        switch (at) {
            case ASK:
                addReports(state, plan, seen, steps);
                break;
            case LOOK:
                addLook(state, plan, steps);
                break;
            case LOOK_HANDED:
                int job = BatchCells.batchJob(state, seen);
                boolean isHanded = state.get(BatchCells.handed(job)) > 0;
                steps.add(
                        name + (isHanded ? "finds handed-" : "finds no handed-") + job + ".json",
                        cells.go(state, plan, At.LOOK_PROCESS).with(cells.known(plan), isHanded ? HANDED : 0));
                break;
            case LOOK_PROCESS:
                addLookAtProcess(state, plan, seen, steps);
                break;
            case LOOK_MARKERS:
                addLookAtMarkers(state, plan, seen, steps);
                break;
            case LOOK_AT_CLAIMANT:
                boolean isAlive = cells.hasClaimant(state, seen);
                boolean isOfAProcess = state.get(BatchCells.continued(seen)) > 0;
                if (isAlive || isOfAProcess) {
                    steps.add(name + "sees that the claimant lives, and waits", cells.again(state, plan));
                }
                if (!isAlive) {
                    steps.add(
                            name + "sees that the claimant is gone",
                            cells.go(state, plan, seen == cells.attempts ? At.ENDED : At.DECLARE_VOID));
                }
                break;
            case DECLARE_VOID:
                boolean isFree = state.get(BatchCells.process(seen)) == BatchCells.ABSENT;
                steps.add(
                        name + BatchCells.voided(isFree, seen),
                        isFree
                                ? cells.go(state.with(BatchCells.process(seen), BatchCells.VOID), plan, At.CLAIM)
                                : cells.again(state, plan));
                break;
            case CLAIM:
                int next = seen + 1;
                boolean isFirst = state.get(BatchCells.LAST) == seen;
                State claimed = cells.go(state, plan, At.SUBMIT)
                        .with(BatchCells.LAST, next)
                        .with(cells.claimed(plan), next)
                        .with(cells.seen(plan), next);
                steps.add(
                        name + (isFirst ? "creates attempt-" : "finds attempt-") + next + ".json",
                        !isFirst
                                ? cells.again(state, plan)
                                : state.get(BatchCells.DONE) > 0
                                        ? BatchCells.breaks(claimed, Law.NOT_AFTER_DONE)
                                        : claimed);
                break;
            case SUBMIT:
                State submitted = state.with(BatchCells.queued(seen), state.get(BatchCells.queued(seen)) + 1);
                steps.add(name + "submits attempt " + seen, cells.go(submitted, plan, At.RECORD));
                if (mayLoseAnswers && state.get(BatchCells.queued(seen)) == 0) {
                    steps.addFault(name + "submits attempt " + seen + ", and the answer is lost", submitted);
                }
                break;
            case RECORD:
                steps.add(
                        name + "creates handed-" + seen + ".json",
                        cells.again(state.with(BatchCells.handed(seen), 1), plan));
                break;
            case END_VOID:
                int owner = state.get(BatchCells.process(seen));
                boolean goesOn = owner == BatchCells.BEGUN && keeps(Rule.BEGUN_SINCE_REPORT);
                steps.add(
                        name + BatchCells.voided(owner == BatchCells.ABSENT, seen),
                        goesOn
                                ? cells.again(state, plan)
                                : cells.go(
                                        owner == BatchCells.ABSENT
                                                ? state.with(BatchCells.process(seen), BatchCells.VOID)
                                                : state,
                                        plan,
                                        At.END));
                break;
            case END:
                steps.add(
                        name + "creates ended-" + seen + ".json",
                        cells.again(state.with(BatchCells.ended(seen), 1), plan));
                break;
            default:
                throw new AssertionError(at);
        }
    }

    /** Looks for {@code done.json} and the last attempt, in one step: {@code done.json} is looked for again at the end. */
    private void addLook(State state, int plan, Explorer.Steps steps) {
        int last = state.get(BatchCells.LAST);
        if (state.get(BatchCells.DONE) > 0) {
            steps.add(name(plan) + "finds done.json, and ends", cells.go(state, plan, At.ENDED));
        } else if (last == 0) {
            steps.add(name(plan) + "finds no attempt", cells.go(state, plan, At.CLAIM));
        } else {
            steps.add(
                    name(plan) + "finds attempt-" + last + ".json",
                    cells.go(state, plan, At.LOOK_HANDED).with(cells.seen(plan), last));
        }
    }

    private void addReports(State state, int plan, int attempt, Explorer.Steps steps) {
        int job = BatchCells.batchJob(state, attempt);
        boolean isAnyKnown = false;
        boolean isAnyAlive = false;
        boolean hasStarted = false;
        for (int process = 1; process <= cells.processes; process++) {
            if (state.get(cells.job(process)) == job) {
                isAnyKnown |= cells.isKnownToRun(state, process);
                isAnyAlive |= cells.run(state, process).isAlive();
                hasStarted = true;
            }
        }
        String name = name(plan);
        steps.add(name + "hears nothing new", cells.again(state, plan));
        if (!isAnyKnown) {
            steps.add(
                    name + "hears that the job of attempt " + job + " is lost, or not known",
                    cells.go(state, plan, At.LOOK).with(cells.report(plan), BatchCells.LOST));
        }
        if (hasStarted && !isAnyAlive && state.get(BatchCells.queued(job)) == 0) {
            steps.add(
                    name + "hears that the job of attempt " + job + " was seen to end",
                    cells.go(state, plan, At.LOOK).with(cells.report(plan), BatchCells.SEEN_TO_END));
        }
    }

    private void addLookAtProcess(State state, int plan, int seen, Explorer.Steps steps) {
        String name = name(plan);
        int owner = state.get(BatchCells.process(seen));
        State next = cells.go(state, plan, At.LOOK_MARKERS);
        int known = state.get(cells.known(plan));
        if (owner == BatchCells.ABSENT) {
            steps.add(name + "finds no process-" + seen + ".json", next);
            return;
        }
        if (owner == BatchCells.VOID) {
            steps.add(
                    name + "finds process-" + seen + ".json, which is void",
                    next.with(cells.known(plan), known | LOOKED_VOID));
            return;
        }
        int process = cells.owner(state, seen);
        boolean isAlive = process > 0;
        boolean maySuspend = isAlive
                && known == HANDED
                && state.get(cells.report(plan)) == BatchCells.PRESENT
                && cells.isKnownToRun(state, process);
        steps.add(
                name + "sees that the process of attempt " + seen + (isAlive ? " lives" : " was alive not long ago"),
                next.with(cells.known(plan), known | LOOKED_ALIVE));
        if (!isAlive || maySuspend) {
            steps.add(
                    name + "sees no sign of life of the process of attempt " + seen
                            + (isAlive ? ", which is suspended" : ""),
                    next.with(cells.known(plan), known | LOOKED_GONE));
        }
    }

    private void addLookAtMarkers(State state, int plan, int seen, Explorer.Steps steps) {
        String name = name(plan);
        int known = state.get(cells.known(plan));
        if (state.get(BatchCells.DONE) > 0) {
            steps.add(name + "finds done.json, and ends", cells.go(state, plan, At.ENDED));
            return;
        }
        boolean isHanded = (known & HANDED) > 0 && keeps(Rule.HANDED_UNTIL_MARKED);
        boolean isMarked = state.get(BatchCells.failed(seen)) > 0 || state.get(BatchCells.ended(seen)) > 0;
        boolean isGone = (known & LOOKED_GONE) > 0;
        boolean isAlive = (known & LOOKED_ALIVE) > 0;
        State asked = cells.go(state, plan, At.ASK).with(cells.begunBefore(plan), isAlive || isGone ? seen : 0);
        boolean isOlder = isAlive && state.get(cells.begunBefore(plan)) != seen && keeps(Rule.BEGUN_BEFORE_REPORT);
        State over = cells.go(state, plan, seen == cells.attempts ? At.ENDED : At.CLAIM);
        if (isMarked) {
            steps.add(name + "finds the marker of the end of attempt " + seen, over);
        } else if (!isHanded) {
            boolean isOver = isGone || (known & LOOKED_VOID) > 0;
            steps.add(
                    name + "finds no marker" + (isAlive ? ", and waits" : ""),
                    isOver ? over : isAlive ? cells.again(state, plan) : cells.go(state, plan, At.LOOK_AT_CLAIMANT));
        } else if (state.get(cells.report(plan)) == BatchCells.PRESENT) {
            steps.add(name + "finds no marker, and asks the batch system", asked);
        } else if (isAlive && state.get(cells.report(plan)) == BatchCells.LOST && keeps(Rule.LIVING_PROCESS_COUNTS)) {
            steps.add(name + "finds no marker, and waits for the process that lives", cells.again(state, plan));
        } else if (isOlder) {
            steps.add(name + "finds no marker, and asks again, because the process has begun since", asked);
        } else {
            boolean hasBegun = isAlive || isGone;
            steps.add(
                    name + "finds no marker, and believes the batch system",
                    cells.go(state, plan, hasBegun || !keeps(Rule.VOID_BEFORE_ENDED) ? At.END : At.END_VOID));
        }
    }
}
