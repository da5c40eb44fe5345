package org.experimaestro.workspace.protocol;

import java.util.Optional;
import java.util.Set;
import org.experimaestro.workspace.protocol.BatchCells.At;
import org.experimaestro.workspace.protocol.BatchCells.Run;

/**
 * The protocol of a job that a batch system has. All plans are on one host, and each process is on a node of its own.
 * The batch system may start a job late, lose a node whose process goes on, start a job again, suspend a process, forget
 * a job, and take a job whose answer is lost. Any process may be killed between any two steps.
 *
 * <p>A suspended process shows no sign of life, but the batch system knows it. A process of a lost node shows that it
 * lives.
 */
final class BatchModel implements Explorer.Model {
    private final BatchCells cells;
    private final BatchPlans plans;
    private final BatchProcesses processes;

    /**
     * Creates a model.
     *
     * @param plans the number of plans
     * @param processes the most processes that the batch system starts
     * @param attempts the most attempts
     * @param mayLoseAnswers whether the answer to a submission may be lost, so that it is repeated
     * @param missing the rules that are not kept
     */
    BatchModel(int plans, int processes, int attempts, boolean mayLoseAnswers, Set<Rule> missing) {
        this.cells = new BatchCells(plans, processes, attempts);
        this.plans = new BatchPlans(cells, mayLoseAnswers, missing);
        this.processes = new BatchProcesses(cells, missing);
    }

    @Override
    public State start() {
        State state = cells.empty();
        for (int plan = 1; plan <= cells.plans; plan++) {
            state = cells.go(state, plan, At.LOOK);
        }
        return state;
    }

    @Override
    public State canonical(State state) {
        return cells.canonical(state);
    }

    @Override
    public Optional<Law> broken(State state) {
        int law = BatchCells.law(state);
        return law == 0 ? Optional.empty() : Optional.of(Law.values()[law - 1]);
    }

    @Override
    public boolean isEnd(State state) {
        for (int plan = 1; plan <= cells.plans; plan++) {
            At at = cells.at(state, plan);
            if (at != At.ENDED && at != At.KILLED) {
                return false;
            }
        }
        for (int process = 1; process <= cells.processes; process++) {
            if (cells.run(state, process).isAlive()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void addSteps(State state, Explorer.Steps steps) {
        addBatchSystem(state, steps);
        plans.addSteps(state, steps);
        processes.addSteps(state, steps);
    }

    private void addBatchSystem(State state, Explorer.Steps steps) {
        int free = 1;
        while (free <= cells.processes && cells.run(state, free) != Run.NONE) {
            free++;
        }
        for (int attempt = 1; attempt <= cells.attempts && free <= cells.processes; attempt++) {
            if (state.get(BatchCells.queued(attempt)) > 0) {
                State left = state.with(BatchCells.queued(attempt), state.get(BatchCells.queued(attempt)) - 1);
                steps.add(
                        "the batch system starts process " + free + " for attempt " + attempt,
                        begin(left, free, attempt, 0));
            }
        }
        for (int process = 1; process <= cells.processes; process++) {
            if (cells.isKnownToRun(state, process)) {
                steps.addFault(
                        "the batch system loses the node of process " + process + ", which goes on",
                        state.with(cells.node(process), BatchCells.ON_LOST_NODE));
            }
            boolean mayBeReplaced =
                    cells.run(state, process) == Run.GONE || state.get(cells.node(process)) == BatchCells.ON_LOST_NODE;
            if (mayBeReplaced && state.get(cells.node(process)) != BatchCells.REPLACED && free <= cells.processes) {
                State replaced = state.with(cells.node(process), BatchCells.REPLACED);
                steps.addFault(
                        "the batch system starts the job of process " + process + " again, as process " + free,
                        begin(replaced, free, state.get(cells.job(process)), BatchCells.RESTARTED));
            }
        }
    }

    private State begin(State state, int process, int attempt, int restart) {
        return cells.go(state, process, Run.STARTED)
                .with(cells.job(process), attempt)
                .with(cells.own(process), attempt)
                .with(cells.restart(process), restart);
    }
}
