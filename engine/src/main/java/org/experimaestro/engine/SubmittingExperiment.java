package org.experimaestro.engine;

import java.util.function.Consumer;
import org.experimaestro.Config;
import org.experimaestro.Launcher;
import org.experimaestro.Task;
import org.experimaestro.Token;
import org.experimaestro.workspace.Workspace;

/** The part of a run by which its plan submits tasks in one of several ways, and declares the tokens that they hold. Thread-safe. */
abstract class SubmittingExperiment extends DeclaringExperiment {
    private final DeclaredTokens tokens;

    SubmittingExperiment(
            ExperimentSetup setup, Workspace workspace, SideDeclarations declarations, DeclaredTokens tokens) {
        super(setup, workspace, declarations);
        this.tokens = tokens;
    }

    @Override
    public <R> Config<R> submit(Config<? extends Task<R>> config, Launcher launcher) {
        return submit(config, launcher, job -> {}, TaskJob::runAnyway);
    }

    @Override
    public <R> Config<R> submitOnDemand(Config<? extends Task<R>> config, Launcher launcher) {
        return submit(config, launcher, TaskJob::runOnDemand, TaskJob::keepOutputs);
    }

    @Override
    public <R> Config<R> submitTransient(Config<? extends Task<R>> config, Launcher launcher) {
        return submit(
                config,
                launcher,
                job -> {
                    job.runOnDemand();
                    job.makeTransient();
                },
                job -> {});
    }

    /**
     * Submits a task.
     *
     * @param first is applied to a job that the plan submits for the first time
     * @param again is applied to a job that the plan has submitted before, maybe in another way
     */
    abstract <R> Config<R> submit(
            Config<? extends Task<R>> config, Launcher launcher, Consumer<TaskJob> first, Consumer<TaskJob> again);

    @Override
    public Token token(String name, int size) {
        return tokens.declare(Token.of(name, Token.Scope.WORKSPACE), size);
    }

    @Override
    public Token machineToken(String name, int size) {
        return tokens.declare(Token.of(name, Token.Scope.MACHINE), size);
    }
}
