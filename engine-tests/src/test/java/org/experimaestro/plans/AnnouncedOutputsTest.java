package org.experimaestro.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.Task;
import org.experimaestro.base.file.Folders;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.storage.JobUses;
import org.experimaestro.plans.Epochs.Checkpoint;
import org.experimaestro.plans.Epochs.Read;
import org.experimaestro.plans.Epochs.Remark;
import org.experimaestro.plans.Epochs.Train;
import org.experimaestro.plans.Epochs.TrainOn;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.testkit.TaskSubmission;
import org.experimaestro.workspace.Announcement;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plans that go on with what running tasks announce, and with the ends of jobs. */
@Timeout(240)
final class AnnouncedOutputsTest extends PlanFixture {
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private Path ahead;

    @BeforeEach
    void makeFolder() throws IOException {
        ahead = Files.createDirectory(folder.resolve("ahead"));
    }

    private Config<Train> train(int epochs) {
        return Config.builder(Train.class)
                .set("epochs", epochs)
                .set("ahead", ahead)
                .build();
    }

    private Config<TrainOn> trainOn(int epochs) {
        return Config.builder(TrainOn.class)
                .set("epochs", epochs)
                .set("ahead", ahead)
                .build();
    }

    private Config<Read> read(Config<Checkpoint> checkpoint) {
        return Config.builder(Read.class)
                .set("checkpoint", checkpoint)
                .set("ahead", ahead)
                .build();
    }

    /** The epochs of a task go on without anybody who reads the checkpoints. */
    private void letGoOn(int epochs) throws IOException {
        for (int epoch = 1; epoch <= epochs; epoch++) {
            Files.writeString(ahead.resolve("epoch-" + epoch), "");
        }
    }

    /** Submits a reader of each checkpoint. */
    private <T> ExperimentPlan<String> reading(Config<? extends Task<T>> task) {
        return (xp, settings) -> {
            Config<T> made = xp.submit(task);
            xp.onAnnounced(made, Checkpoint.class, checkpoint -> xp.submit(read(checkpoint)));
        };
    }

    private PlanRun runTogether(ExperimentPlan<String> plan) {
        return runner(plan).concurrentJobs(3).run("settings");
    }

    private static List<String> types(List<TaskSubmission> submissions) {
        return submissions.stream().map(TaskSubmission::type).sorted().toList();
    }

    @Test
    void onAnnounced_consumersRunWhileTheProducerGoesOn() throws IOException {
        Config<Train> task = train(3).tag("size", 3);

        PlanRun run = runTogether(reading(task));

        // The producer ends no epoch before a consumer has read its checkpoint.
        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(types(run.executed())).containsExactly("trial.read", "trial.read", "trial.read", "trial.train");
        assertThat(run.submissions(Read.class))
                .allSatisfy(each -> assertThat(each.tags()).containsEntry("size", 3))
                .allSatisfy(each -> assertThat(each.dependencies())
                        .extracting(TaskSubmission::type)
                        .containsExactly("trial.train"));
        assertThat(run.report().table(Read.class).rows()).hasSize(3);
        assertThat(Files.readString(
                        job(run.submissions(Read.class).getFirst().config()).parametersFile()))
                .contains(
                        "\"announced\": \"epoch-1\"",
                        "\"producer\": \"" + job(task).name() + "\"");

        PlanRun again = runTogether(reading(task));

        assertThat(again.executed()).isEmpty();
        assertThat(again.submissions()).hasSize(4);
        assertThat(dryRun(reading(task)).submissions()).hasSize(4);
    }

    @Test
    void onAnnounced_consumerWaitsForNothing_andUsesTheProducer() throws Exception {
        Config<Train> task = train(1);
        PlanRun run = runTogether(reading(task));

        Workspace workspace = Workspace.view(workspace());
        List<RunFolder.SubmittedJob> jobs = new ArrayList<>();
        workspace.experiment("trial").runs().getLast().readJobs(jobs::add);
        assertThat(jobs.getLast().dependencies()).isEmpty();
        JobUses uses = JobUses.of(WorkspaceIndex.open(workspace).view());
        assertThat(uses.usersOf(job(task).name()))
                .containsExactly(
                        job(run.submissions(Read.class).getFirst().config()).name());
    }

    @Test
    void onAnnounced_producerFails_itsConsumersStayDone() throws IOException {
        Files.writeString(ahead.resolve("fail"), "");
        PlanRun run = runTogether(reading(trainOn(2)));

        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.report().jobs())
                .extracting(job -> job.type() + " " + job.state())
                .containsExactlyInAnyOrder("trial.train-on failed", "trial.read done", "trial.read done");

        Files.delete(ahead.resolve("fail"));
        PlanRun again = runTogether(reading(trainOn(2)));

        assertThat(again.outcome()).isEqualTo(Outcome.DONE);
        assertThat(types(again.executed())).containsExactly("trial.train-on");
        assertThat(job(trainOn(2)).announcements().read())
                .extracting(each -> each.attempt() + " " + each.name())
                .containsExactly("1 epoch-1", "1 epoch-2");
    }

    @Test
    void onAnnounced_taskThatBeginsAnew_forgetsWhatAFailedAttemptHasAnnounced() throws IOException {
        letGoOn(1);
        Files.writeString(ahead.resolve("fail"), "");
        ExperimentPlan<String> plan = (xp, settings) -> xp.onAnnounced(
                xp.submit(train(1)),
                Remark.class,
                remark -> seen.add(remark.value().text()));
        run(plan);
        Files.delete(ahead.resolve("fail"));
        run(plan);

        assertThat(seen).containsExactly("of attempt 1", "of attempt 2");
        assertThat(job(train(1)).announcements().read())
                .extracting(Announcement::attempt)
                .containsOnly(2);
    }

    @Test
    void onAnnounced_onlyTheAskedTypeInOrder_andHalfALineIsNone() throws IOException {
        letGoOn(3);
        run((xp, settings) -> xp.submit(train(3)));
        Files.writeString(job(train(3)).announcements().file(), "{\"time\":\"2026", StandardOpenOption.APPEND);

        run((xp, settings) -> {
            Config<Train> made = xp.submit(train(3));
            xp.onAnnounced(
                    made,
                    Checkpoint.class,
                    each -> seen.add("checkpoint " + each.value().epoch()));
            xp.onEnd(made, report -> seen.add("end " + report.outcome()));
            xp.onAnnounced(made, Object.class, each -> seen.add("any " + each.type()));
        });

        assertThat(seen.stream().filter(each -> each.startsWith("checkpoint")))
                .containsExactly("checkpoint 1", "checkpoint 2", "checkpoint 3");
        assertThat(seen.stream().filter(each -> each.startsWith("any")))
                .hasSize(4)
                .endsWith("any trial.remark");
        assertThat(seen.stream().filter(each -> each.startsWith("end"))).containsExactly("end DONE");
    }

    @Test
    void onAnnounced_fileThatSomebodyHasChanged_failsTheRunAndNamesTheFile() throws IOException {
        letGoOn(1);
        run((xp, settings) -> xp.submit(train(1)));
        Path file = job(train(1)).announcements().file();
        Files.writeString(file, "{}\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> run(reading(train(1))))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith(
                        "Cannot go on with the callbacks for " + job(train(1)).name() + ": " + file)
                .hasMessageContaining("Cannot read what the job has announced");
    }

    @Test
    void announce_nameOfAnotherConfiguration_failsAndShowsBoth() {
        Config<Epochs.Restless> task =
                Config.builder(Epochs.Restless.class).set("last", 2).build();
        run((xp, settings) -> xp.submit(task));

        assertThat(status(task).message())
                .contains(
                        "Cannot announce \"remark\" again: it is trial.remark {\"text\":\"number 2\"}",
                        "attempt 1 has announced trial.remark {\"text\":\"one\"}");
        assertThat(job(task).announcements().read()).hasSize(1);
    }

    @Test
    void announce_taskItself_isRefused() {
        Config<Epochs.Vain> task = of(Epochs.Vain.class);
        run((xp, settings) -> xp.submit(task));

        assertThat(status(task).message()).contains("The task trial.vain announced as \"itself\" the task itself");
    }

    @Test
    void onEnd_tellsHowEachJobHasEnded_andCallbacksMayRegisterOthers() {
        fail("bad");
        PlanRun run = run((xp, settings) -> {
            Config<Step.Written> bad = xp.submit(step("bad"));
            Config<Step.Written> behind = xp.submit(step("behind", bad));
            Config<Measure> good = xp.submit(measure("good", 5));
            xp.onEnd(bad, report -> seen.add("bad " + report.state()));
            xp.onEnd(behind, report -> seen.add("behind " + report.state()));
            xp.onEnd(good, report -> {
                Config<Measure> next = xp.submit(measure("next", report.metric("value") + 1));
                xp.onEnd(next, last -> seen.add("next " + last.metric("value")));
            });
        });

        assertThat(seen).containsExactlyInAnyOrder("bad failed", "behind skipped", "next 6.0");
        assertThat(run.submissions()).hasSize(4);
    }

    @Test
    void await_waitsForCallbacksAndForWhatTheySubmit() {
        run((xp, settings) -> {
            Config<Measure> first = xp.submit(measure("first", 1));
            xp.onEnd(first, report -> xp.submit(measure("second", 2)));
            seen.add(xp.await() + " " + status(measure("second", 2)).state());
        });

        assertThat(seen).containsExactly("DONE DONE");
    }

    @Test
    void callback_throws_failsTheRunAndStopsNothingElse() {
        assertThatThrownBy(() -> run((xp, settings) -> {
                    Config<Measure> first = xp.submit(measure("first", 1));
                    xp.onEnd(first, report -> {
                        throw new IllegalStateException("no room");
                    });
                    xp.onEnd(first, report -> xp.submit(measure("second", 2)));
                }))
                .isInstanceOf(PlanException.class)
                .hasMessageMatching(
                        "AnnouncedOutputsTest.java:\\d+: A callback of the plan for trial.measure/\\w+ failed: .*no room")
                .hasRootCauseMessage("no room");
        assertThat(status(measure("second", 2)).state()).hasToString("DONE");
    }

    @Test
    void callback_waits_isRefused() {
        assertThatThrownBy(() -> run((xp, settings) -> {
                    Config<Measure> first = xp.submit(measure("first", 1));
                    xp.onEnd(first, report -> xp.await());
                }))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("Cannot wait for jobs in a callback")
                .hasMessageContaining("onEnd");
    }

    @Test
    void dryRunAndGenerate_giveOnlyWhatIsDone() throws IOException {
        letGoOn(2);
        ExperimentPlan<String> plan = (xp, settings) -> {
            Config<Train> made = xp.submit(train(2));
            xp.onAnnounced(made, Checkpoint.class, checkpoint -> xp.submit(read(checkpoint)));
            xp.onEnd(made, report -> seen.add(report.state()));
            xp.await();
        };
        Files.writeString(ahead.resolve("fail"), "");
        run((xp, settings) -> xp.submit(train(2)));

        assertThat(dryRun(plan).submissions()).hasSize(1);
        assertThat(seen).isEmpty();

        Files.delete(ahead.resolve("fail"));
        run((xp, settings) -> xp.submit(train(2)));

        assertThat(dryRun(plan).submissions()).hasSize(3);
        assertThat(generate(plan).submissions(Read.class))
                .allSatisfy(
                        each -> assertThat(job(each.config()).parametersFile()).exists());
        assertThat(seen).containsExactly("done", "done");
    }

    @Test
    void onAnnounced_savedCheckpoint_isUsedByAnotherPlanWhileTheProducerIsNotDone() throws IOException {
        letGoOn(1);
        Files.writeString(ahead.resolve("fail"), "");
        run((xp, settings) -> {
            Config<TrainOn> made = xp.submit(trainOn(1));
            xp.onAnnounced(made, Checkpoint.class, checkpoint -> xp.save("first", checkpoint));
        });

        PlanRun other = run((xp, settings) -> xp.submit(read(xp.load("trial", "first", Checkpoint.class))));

        assertThat(other.outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void onAnnounced_afterRunOrOfNoTask_isRefused() {
        Experiment[] kept = new Experiment[1];
        Config<?>[] made = new Config<?>[1];
        run((xp, settings) -> {
            kept[0] = xp;
            made[0] = xp.submit(measure("first", 1));
            assertThatThrownBy(() -> xp.onEnd(measure("other", 1), report -> {}))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Cannot watch");
        });

        assertThatThrownBy(() -> kept[0].onEnd(made[0], report -> {}))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("Cannot watch")
                .hasMessageContaining("run has returned");
    }

    @Test
    @Timeout(60)
    void onAnnounced_consumerWithAPrepareStep_isPreparedWhileTheProducerGoesOn() {
        PlanRun run = runTogether((xp, settings) -> {
            Config<Train> made = xp.submit(train(1));
            xp.onAnnounced(
                    made,
                    Checkpoint.class,
                    checkpoint -> xp.submit(Config.builder(Epochs.Evaluate.class)
                            .set(
                                    "warmed",
                                    Config.builder(Epochs.Warmed.class)
                                            .set("checkpoint", checkpoint)
                                            .build())
                            .set("ahead", ahead)
                            .build()));
        });

        // The producer does not end before the consumer has run.
        assertThat(run.outcome()).isEqualTo(Outcome.DONE);
        assertThat(types(run.executed())).containsExactly("trial.evaluate", "trial.train");
    }

    @Test
    void onAnnounced_savedCheckpointWasDeletedWithItsJob_isWaitedForAgain() throws IOException {
        letGoOn(1);
        Files.writeString(ahead.resolve("fail"), "");
        run((xp, settings) -> {
            Config<TrainOn> made = xp.submit(trainOn(1));
            xp.onAnnounced(made, Checkpoint.class, checkpoint -> xp.save("first", checkpoint));
        });
        Folders.delete(job(trainOn(1)).path());
        Files.delete(ahead.resolve("fail"));

        PlanRun again = runTogether((xp, settings) -> {
            xp.submitOnDemand(trainOn(1));
            xp.submit(read(xp.load("trial", "first", Checkpoint.class)));
        });

        assertThat(again.outcome()).isEqualTo(Outcome.DONE);
        assertThat(types(again.executed())).containsExactly("trial.read", "trial.train-on");
    }

    @Test
    void onAnnounced_linesThatCannotBeRead_failTheRunOnceAndHideNoOthers() throws IOException {
        letGoOn(3);
        run((xp, settings) -> xp.submit(train(3)));
        Path file = job(train(3)).announcements().file();
        List<String> lines = Files.readAllLines(file);
        lines.set(0, "{");
        lines.set(1, lines.get(1).replace("trial.checkpoint", "trial.unknown"));
        Files.write(file, lines);

        assertThatThrownBy(() -> run((xp, settings) -> xp.onAnnounced(
                        xp.submit(train(3)),
                        Checkpoint.class,
                        each -> seen.add("checkpoint " + each.value().epoch()))))
                .isInstanceOf(PlanException.class)
                .satisfies(thrown -> assertThat(thrown.getMessage()
                                + List.of(thrown.getSuppressed()).stream()
                                        .map(Throwable::getMessage)
                                        .toList())
                        .contains("line 1: ", "trial.unknown"));
        assertThat(seen).containsExactly("checkpoint 3");
    }

    @Test
    void onAnnounced_jobIsFoundUnderAFormerName_isGivenInADryRunToo() {
        List<Path> paths = new ArrayList<>();
        run((xp, settings) ->
                xp.submit(Config.builder(Epochs.Says.class).set("text", "yes").build()));
        ExperimentPlan<String> plan = (xp, settings) -> {
            Config<Epochs.Speaks> spoken = xp.submit(
                    Config.builder(Epochs.Speaks.class).set("text", "yes").build());
            xp.onAnnounced(spoken, Remark.class, each -> seen.add(each.value().text() + each.id()));
            xp.onAnnounced(
                    spoken,
                    Checkpoint.class,
                    each -> paths.add(spoken.value()
                            .file()
                            .getParent()
                            .relativize(each.value().file())));
        };
        dryRun(plan);
        assertThat(run(plan).executed()).isEmpty();

        assertThat(paths)
                .as("in the folder of the name of today")
                .containsExactly(Path.of("said.txt"), Path.of("said.txt"));
        assertThat(seen).hasSize(2).allMatch(seen.getFirst()::equals);
    }
}
