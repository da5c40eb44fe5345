package org.experimaestro.workspace.protocol;

import java.util.Set;
import org.experimaestro.workspace.protocol.BatchCells.Run;

/** The steps of the job's processes in {@link BatchModel}. */
final class BatchProcesses {
    private final BatchCells cells;
    private final Set<Rule> missing;

    BatchProcesses(BatchCells cells, Set<Rule> missing) {
        this.cells = cells;
        this.missing = missing;
    }

    private boolean keeps(Rule rule) {
        return !missing.contains(rule);
    }

    void addSteps(State state, Explorer.Steps steps) {
        for (int process = 1; process <= cells.processes; process++) {
            if (cells.run(state, process).isAlive()) {
                addStep(state, process, cells.run(state, process), steps);
                steps.addFault("process " + process + " is killed", cells.go(state, process, Run.GONE));
            }
        }
    }

    private void addStep(State state, int process, Run run, Explorer.Steps steps) {
        String name = "process " + process + " ";
        int own = state.get(cells.own(process));
        boolean isLast = state.get(BatchCells.LAST) == own;
        switch (run) {
            case STARTED:
                boolean isSuperseded = !isLast || state.get(BatchCells.DONE) > 0;
                steps.add(
                        name + "finds "
                                + (isSuperseded ? "that attempt " + own + " is superseded" : "no later attempt"),
                        isSuperseded ? cannotBegin(state, process) : cells.go(state, process, Run.NOT_SUPERSEDED));
                break;
            case NOT_SUPERSEDED:
                if (state.get(BatchCells.process(own)) == BatchCells.ABSENT) {
                    State begun = cells.go(state.with(BatchCells.process(own), BatchCells.BEGUN), process, Run.IN_TASK);
                    steps.add(
                            name + "creates process-" + own + ".json, and runs the task",
                            isAlone(state, process) ? begun : BatchCells.breaks(begun, Law.AT_ONCE));
                } else {
                    steps.add(name + "finds that process-" + own + ".json is there", cannotBegin(state, process));
                }
                break;
            case IN_TASK:
                steps.add(name + "returns from the task", cells.go(state, process, Run.DONE_WELL));
                steps.add(name + "throws an exception", cells.go(state, process, Run.FAILED));
                break;
            case DONE_WELL:
                steps.add(
                        name + (isLast ? "finds no later attempt" : "finds a later attempt, and ends"),
                        cells.go(state, process, isLast ? Run.NO_LATER_ATTEMPT : Run.GONE));
                break;
            case NO_LATER_ATTEMPT:
                State gone = cells.go(state, process, Run.GONE);
                State done = gone.with(BatchCells.DONE, own);
                steps.add(
                        name
                                + (state.get(BatchCells.DONE) > 0
                                        ? "finds done.json, and ends"
                                        : "creates done.json, and ends"),
                        state.get(BatchCells.DONE) > 0
                                ? gone
                                : isLast ? done : BatchCells.breaks(done, Law.LAST_IS_DONE));
                break;
            case FAILED:
                steps.add(
                        name + "creates failed-" + own + ".json, and ends",
                        cells.go(state.with(BatchCells.failed(own), 1), process, Run.GONE));
                break;
            default:
                addRestart(state, process, run, steps);
        }
    }

    private boolean isAlone(State state, int process) {
        for (int other = 1; other <= cells.processes; other++) {
            if (other != process && cells.run(state, other) == Run.IN_TASK) {
                return false;
            }
        }
        return true;
    }

    private State cannotBegin(State state, int process) {
        return state.get(cells.restart(process)) == BatchCells.RESTARTED
                ? cells.go(state, process, Run.AWAIT_FORMER).with(cells.own(process), 0)
                : cells.go(state, process, Run.GONE);
    }

    private void addRestart(State state, int process, Run run, Explorer.Steps steps) {
        String name = "process " + process + " ";
        int last = run == Run.AWAIT_FORMER || run == Run.LOOK_AGAIN
                ? state.get(BatchCells.LAST)
                : state.get(cells.last(process));
        int owner = state.get(BatchCells.process(last));
        switch (run) {
            case AWAIT_FORMER:
                boolean maySeemGone = owner != BatchCells.BEGUN || maySeemGone(state, process, last);
                if (BatchCells.isOver(state, last) || maySeemGone || !keeps(Rule.FORMER_IS_GONE)) {
                    steps.add(name + "sees no former process that lives", cells.go(state, process, Run.LOOK_AGAIN));
                }
                break;
            case LOOK_AGAIN:
                addLookAgain(state, process, last, owner, steps);
                break;
            case DECLARE_VOID:
                steps.add(
                        name + BatchCells.voided(owner == BatchCells.ABSENT, last),
                        owner == BatchCells.BEGUN
                                ? cells.go(state, process, Run.GONE)
                                : cells.go(
                                        state.with(BatchCells.process(last), BatchCells.VOID), process, Run.FAIL_LAST));
                break;
            case FAIL_LAST:
                steps.add(
                        name + "sees to it that failed-" + last + ".json is there",
                        cells.go(state.with(BatchCells.failed(last), 1), process, Run.CLAIM));
                break;
            case CLAIM:
                int next = last + 1;
                if (state.get(BatchCells.LAST) != last) {
                    steps.add(name + "finds attempt-" + next + ".json, and ends", cells.go(state, process, Run.GONE));
                    break;
                }
                State claimed = cells.go(state, process, Run.STARTED)
                        .with(BatchCells.LAST, next)
                        .with(BatchCells.continued(next), state.get(cells.job(process)))
                        .with(cells.own(process), next)
                        .with(cells.last(process), 0)
                        .with(cells.restart(process), BatchCells.CLAIMED_AGAIN);
                steps.add(
                        name + "creates attempt-" + next + ".json",
                        state.get(BatchCells.DONE) > 0 ? BatchCells.breaks(claimed, Law.NOT_AFTER_DONE) : claimed);
                break;
            default:
                throw new AssertionError(run);
        }
    }

    /** A process on a lost node shows that it lives; one of another batch job may be suspended. */
    private boolean maySeemGone(State state, int process, int attempt) {
        int other = cells.owner(state, attempt);
        return other == 0
                || state.get(cells.job(other)) != state.get(cells.job(process)) && cells.isKnownToRun(state, other);
    }

    private void addLookAgain(State state, int process, int last, int owner, Explorer.Steps steps) {
        String name = "process " + process + " ";
        boolean isOfAnother = false;
        for (int later = state.get(cells.job(process)) + 1; later <= last; later++) {
            isOfAnother |= state.get(BatchCells.continued(later)) != state.get(cells.job(process));
        }
        boolean mustEnd = state.get(BatchCells.DONE) > 0
                || isOfAnother && keeps(Rule.RESTART_OF_ITS_OWN)
                || last == cells.attempts;
        if (mustEnd) {
            steps.add(name + "finds the job done, or another's, and ends", cells.go(state, process, Run.GONE));
            return;
        }
        State looked = state.with(cells.last(process), last);
        String found = name + "finds attempt-" + last + ".json";
        if (!keeps(Rule.RESTART_AS_CLAIM) || BatchCells.isOver(state, last)) {
            steps.add(found, cells.go(looked, process, Run.FAIL_LAST));
        } else if (owner == BatchCells.ABSENT) {
            steps.add(found + ", whose process has not begun", cells.go(looked, process, Run.DECLARE_VOID));
        } else if (owner == BatchCells.VOID || maySeemGone(state, process, last) || !keeps(Rule.FORMER_IS_GONE)) {
            steps.add(found + ", whose process is gone", cells.go(looked, process, Run.FAIL_LAST));
        } else {
            steps.add(found + ", whose process lives, and ends", cells.go(state, process, Run.GONE));
        }
    }
}
