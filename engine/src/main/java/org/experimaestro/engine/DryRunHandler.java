package org.experimaestro.engine;

import org.experimaestro.Outcome;

/** The handler of a dry run, which runs no job: the jobs are listed, and their problems are reported. */
final class DryRunHandler implements ModeHandler {
    @Override
    public void take(TaskJob job) {}

    @Override
    public JobHandler jobs() {
        return JobHandler.NONE;
    }

    @Override
    public RunResult finish(ExperimentRun experiment) {
        return resultOf(experiment);
    }

    /** Returns the result of a run that runs nothing. */
    static RunResult resultOf(ExperimentRun experiment) {
        experiment.throwIfDefaultsChanged();
        RunAccount account = RunAccount.of(experiment.snapshot(), false);
        return new RunResult(Outcome.NOT_RUN, account, experiment.resultsFolder());
    }
}
