package org.experimaestro.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.experimaestro.Best;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.EarlyStop;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.JobReport;
import org.experimaestro.LogScale;
import org.experimaestro.OneOf;
import org.experimaestro.Outcome;
import org.experimaestro.Range;
import org.experimaestro.Search;
import org.experimaestro.SelfTask;
import org.experimaestro.Space;
import org.experimaestro.Step;
import org.experimaestro.TaskContext;
import org.experimaestro.Trial;
import org.experimaestro.testkit.JobBehavior;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.testkit.PlanRunner;
import org.experimaestro.testkit.TaskSubmission;
import org.experimaestro.workspace.FailureCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/search.md. */
class SearchPageTest {
    @TempDir
    private Path folder;

    sealed interface Optimizer {}

    record Sgd(@Range(min = 1e-4, max = 1) @LogScale double lr) implements Optimizer {}

    record Adam(
            @Range(min = 1e-6, max = 1e-2) @LogScale double lr,
            @OneOf({"0.9", "0.99"}) double beta) implements Optimizer {}

    record Model(
            Optimizer optimizer,
            @Range(min = 1, max = 8) int layers,
            @Range(min = 0, max = 0.5) @Step(0.05) double dropout,
            boolean bias) {}

    /**
     * Learns for some epochs.
     *
     * @param layers the number of layers
     * @param dropout the share that is dropped
     * @param epochs the number of epochs
     */
    @ConfigType("manual.fit")
    record Fit(int layers, double dropout, int epochs) implements SelfTask<Fit> {
        @Override
        public void execute(TaskContext context) {
            context.metric("loss", Math.abs(layers - 3) + dropout + 1.0 / epochs);
        }
    }

    record Settings() {}

    private static Config<Fit> fit(Trial<Model> trial, int epochs) {
        Config<Fit> fit = Config.builder(Fit.class)
                .set("layers", trial.value().layers())
                .set("dropout", trial.value().dropout())
                .set("epochs", epochs)
                .build();
        return trial.tag(fit);
    }

    /** Runs up to four trials at once. */
    static final class Windowed implements ExperimentPlan<Settings> {
        record Running(Trial<Model> trial, Config<Fit> fit) {}

        @Override
        public void run(Experiment xp, Settings settings) throws Exception {
            Search<Model> search = Search.tpe(Space.of(Model.class), Best.LOWEST, 1);
            Queue<Running> running = new ArrayDeque<>();
            for (int i = 0; i < 20 && search.hasNext(); i++) {
                if (running.size() == 4) {
                    Running first = running.remove();
                    search.tell(first.trial(), "loss", xp.report(first.fit()));
                }
                Trial<Model> trial = search.ask();
                running.add(new Running(trial, xp.submit(fit(trial, 9))));
            }
        }
    }

    /** Successive halving: each trial in stages, of which the next one is only for the best third. */
    static final class Halved implements ExperimentPlan<Settings> {
        @Override
        public void run(Experiment xp, Settings settings) throws Exception {
            Search<Model> search = Search.sobol(Space.of(Model.class), Best.LOWEST, 1);
            EarlyStop rule = EarlyStop.halving(Best.LOWEST, 3);
            List<Trial<Model>> trials = search.ask(18);
            for (int epochs : List.of(1, 3, 9)) {
                List<Config<Fit>> fits = new ArrayList<>();
                for (Trial<Model> trial : trials) {
                    fits.add(xp.submit(fit(trial, epochs)));
                }
                for (int i = 0; i < fits.size(); i++) {
                    JobReport job = xp.report(fits.get(i));
                    rule.record(trials.get(i), epochs, job.outcome() == Outcome.DONE ? job.metric("loss") : Double.NaN);
                }
                trials.removeIf(rule::stops);
            }
        }
    }

    /** Asks for three trials of two tasks each. */
    static final class Paired implements ExperimentPlan<Settings> {
        private final Search<Model> search = Search.random(Space.of(Model.class), Best.LOWEST, 1);

        @Override
        public void run(Experiment xp, Settings settings) throws Exception {
            for (Trial<Model> trial : search.ask(3)) {
                Config<Fit> shorter = xp.submit(fit(trial, 1));
                Config<Fit> longer = xp.submit(fit(trial, 9));
                search.tell(trial, "loss", xp.report(shorter), xp.report(longer));
            }
        }
    }

    @Test
    void paired_answerOfTwoJobs_isTheirMeanOrAFailure() {
        Paired plan = new Paired();
        int failing = Search.random(Space.of(Model.class), Best.LOWEST, 1)
                .ask(2)
                .get(1)
                .value()
                .layers();
        PlanRunner.of(plan)
                .workspace(folder)
                .jobs(job -> {
                    Fit fit = (Fit) job.config().value();
                    return fit.layers() == failing && fit.epochs() == 9
                            ? JobBehavior.fails(FailureCause.OUT_OF_MEMORY)
                            : JobBehavior.finishes().metric("loss", fit.epochs());
                })
                .run(new Settings());

        assertThat(plan.search.trials())
                .extracting(Trial::state)
                .containsExactly(Trial.State.DONE, Trial.State.FAILED, Trial.State.DONE);
        assertThat(plan.search.best().orElseThrow().answer()).hasValue(5);

        Paired dry = new Paired();
        PlanRunner.of(dry).dryRun(new Settings());
        assertThat(dry.search.trials()).extracting(Trial::state).containsOnly(Trial.State.NOT_RUN);
    }

    @Test
    void windowed_runTwice_executesOnce() {
        PlanRun first = PlanRunner.of(new Windowed()).workspace(folder).run(new Settings());
        PlanRun second = PlanRunner.of(new Windowed()).workspace(folder).run(new Settings());

        // Some of the 20 trials differ only in what the task does not have, and are one job.
        assertThat(first.executed()).hasSize(18);
        assertThat(second.executed()).isEmpty();
    }

    @Test
    void windowed_dryRun_hasTheTrialsThatNeedNoAnswer() {
        assertThat(PlanRunner.of(new Windowed())
                        .workspace(folder)
                        .dryRun(new Settings())
                        .submissions())
                .hasSize(10);
    }

    @Test
    void halved_eachStage_hasAThirdOfTheTrials() {
        PlanRun run = PlanRunner.of(new Halved()).workspace(folder).run(new Settings());

        assertThat(run.submissions(Fit.class))
                .extracting(TaskSubmission::config)
                .extracting(config -> ((Fit) config.value()).epochs())
                .containsOnly(1, 3, 9)
                .filteredOn(epochs -> epochs > 1)
                .hasSize(6 + 2);
    }

    @Test
    void space_endsOfThePlan_areThoseOfTheTrials() {
        Space<Model> space = Space.of(Model.class)
                .range("layers", 2, 4)
                .log("optimizer.lr", 1e-3, 1e-2)
                .choose("bias", true)
                .where(model -> model.layers() < 4 || model.dropout() > 0);

        assertThat(Search.random(space, Best.LOWEST, 1).ask(20))
                .allSatisfy(trial -> assertThat(trial.value().layers()).isBetween(2, 4));
    }
}
