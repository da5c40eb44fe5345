package org.experimaestro.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.RunMode;
import org.experimaestro.base.file.Folders;
import org.experimaestro.engine.ExperimentRunner;
import org.experimaestro.engine.ExperimentSetup;
import org.experimaestro.engine.RunListener;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs again after types and parameters got other names. */
@Timeout(120)
final class FormerNamesTest extends PlanFixture {
    private final List<Config<?>> submitted = Collections.synchronizedList(new ArrayList<>());

    @Test
    void submit_typesAndParametersWereRenamed_findsAllResultsThroughTheTasksThatUseThem() throws Exception {
        assertThat(run(before()).executed()).hasSize(3);
        List<Config<?>> old = List.copyOf(submitted);

        assertThat(dryRun(after()).submissions()).hasSize(3);
        assertThat(workspace().resolve("jobs/trial.train")).doesNotExist();

        PlanRun again = run(after());
        assertThat(again.outcome()).isEqualTo(Outcome.DONE);
        assertThat(again.executed()).isEmpty();
        for (int i = 0; i < submitted.size(); i++) {
            assertThat(submitted.get(i).id()).isNotEqualTo(old.get(i).id());
            assertThat(job(submitted.get(i)).status().state()).isEqualTo(JobState.DONE);
            assertThat(job(submitted.get(i)).findFormer().orElseThrow().name())
                    .isEqualTo(job(old.get(i)).name());
            assertThat(job(submitted.get(i)).path().resolve("out.txt"))
                    .hasSameTextualContentAs(job(old.get(i)).path().resolve("out.txt"));
        }
        assertThat(run(after()).executed()).isEmpty();
    }

    @Test
    void submit_newTaskUsesAResultUnderAFormerName_readsItsFiles() throws Exception {
        run((xp, settings) -> xp.submit(teach(1)));

        PlanRun run = run((xp, settings) -> {
            Config<Renames.After.Model> model = xp.submit(train(1));
            submitted.add(xp.submit(Config.builder(Renames.After.Judge.class)
                    .set("model", model)
                    .build()));
        });

        assertThat(run.executed()).hasSize(1);
        assertThat(job(submitted.get(0)).path().resolve("out.txt")).hasContent("judged seed 1 width 8");
    }

    @Test
    void submit_defaultOfARenamedTypeHasChanged_runsTheJob_andRefusesAResultThatWasFoundBefore() throws Exception {
        run((xp, settings) -> xp.submit(teach(1)));
        assertThat(run((xp, settings) -> xp.submit(changed(1))).executed()).hasSize(1);

        run((xp, settings) -> xp.submit(teach(2)));
        run((xp, settings) -> xp.submit(train(2)));
        assertThatThrownBy(() -> run((xp, settings) -> xp.submit(changed(2))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("its result was found under the former name trial.teach/")
                .hasMessageContaining("the first default of depth was 2, and is 3; give the first one with was");
    }

    @Test
    void submit_resultUnderAFormerNameWasDeleted_runsTheJobAtItsNewPlace() throws Exception {
        run((xp, settings) -> xp.submit(teach(1)));
        run((xp, settings) -> xp.submit(train(1)));
        Folders.delete(job(teach(1)).path());

        assertThat(status(train(1)).state()).isEqualTo(JobState.NEW);
        assertThat(run((xp, settings) -> xp.submit(train(1))).executed()).hasSize(1);
        assertThat(job(train(1)).findFormer()).isEmpty();
        assertThat(job(train(1)).path().resolve("out.txt")).hasContent("start 1 breadth 8");
    }

    @Test
    void submit_usedResultWasDeletedSinceItWasFound_keepsTheResultOfItsUser() throws Exception {
        run(before());
        Config<?> used = submitted.get(0);
        run(after());
        Folders.delete(job(used).path());

        assertThat(run(after()).executed()).hasSize(1);
        assertThat(job(submitted.get(2)).findFormer()).isPresent();
    }

    @Test
    void submit_usedResultWasDeletedBefore_tellsThatItsUserIsLost() throws Exception {
        run(before());
        Config<?> used = submitted.get(0);
        Config<?> user = submitted.get(1);
        Folders.delete(job(used).path());

        assertThat(lost(after()))
                .contains(job(user).name() + ": It uses the result of "
                        + job(used).name() + ", which was deleted");
    }

    @Test
    void submit_renamedAgainWithoutTheFirstName_tellsWhichIsMissing() throws Exception {
        run((xp, settings) -> xp.submit(teach(1)));
        run((xp, settings) -> xp.submit(train(1)));

        assertThat(lost((xp, settings) -> xp.submit(Config.builder(Renames.Coach.class)
                        .set(
                                "layer",
                                Config.builder(Renames.After.Layer.class)
                                        .set("breadth", 8)
                                        .build())
                        .set("start", 1)
                        .build())))
                .containsExactly(job(train(1)).name() + ": Its result is that of "
                        + job(teach(1)).name() + ": write trial.teach in @FormerType, too");
    }

    @Test
    void submit_pathsInASharedFolder_areLost() throws Exception {
        run((xp, settings) -> xp.submit(sharing(Renames.Before.Sharing.class)));

        assertThat(lost((xp, settings) -> xp.submit(sharing(Renames.After.Shared.class))))
                .hasSize(1)
                .allMatch(text -> text.endsWith("in a shared folder, which a rename does not carry over"));
    }

    private static <T> Config<T> sharing(Class<T> type) {
        return Config.builder(type).set("epochs", 1).build();
    }

    private List<String> lost(ExperimentPlan<String> plan) throws Exception {
        List<String> lost = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void lostByFormerName(JobFolder former, String reason) {
                lost.add(former.name() + ": " + reason);
            }

            @Override
            public void submitted(SubmittedTask task) {}

            @Override
            public void changed(SubmittedTask task, Phase phase) {}

            @Override
            public void warning(String text) {}
        };
        new ExperimentRunner(
                        ExperimentSetup.of("trial", RunMode.DRY_RUN, workspace())
                                .folders(folder.resolve("cache"), folder.resolve("state"))
                                .version("test")
                                .build(),
                        listener)
                .run(plan, "settings");
        return lost;
    }

    @Test
    void submit_generateMode_refersToTheResult() throws Exception {
        run((xp, settings) -> xp.submit(teach(1)));
        generate((xp, settings) -> xp.submit(train(1)));

        assertThat(job(train(1)).findFormer()).isPresent();
    }

    @Test
    void submit_jobHasFailedUnderItsNewName_goesOnThere() throws Exception {
        Files.createDirectories(job(train(1)).path());
        run((xp, settings) -> xp.submit(teach(1)));

        assertThat(run((xp, settings) -> xp.submit(train(1))).executed()).hasSize(1);
        assertThat(job(train(1)).findFormer()).isEmpty();
    }

    @Test
    void submit_twoPlansAtOnce_bothFindTheResult() throws Exception {
        run((xp, settings) -> xp.submit(teach(1)));
        CountDownLatch both = new CountDownLatch(2);
        List<CompletableFuture<PlanRun>> runs = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            runs.add(CompletableFuture.supplyAsync(
                    () -> runner((xp, settings) -> {
                                both.countDown();
                                both.await();
                                xp.submit(train(1));
                            })
                            .name(name)
                            .run("settings"),
                    run -> Thread.ofPlatform().daemon().start(run)));
        }
        for (CompletableFuture<PlanRun> run : runs) {
            assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
            assertThat(run.get().executed()).isEmpty();
        }
    }

    @Test
    void submit_formerTypeIdIsThatOfAnotherType_isRefused() {
        assertThatThrownBy(() -> run((xp, settings) -> {
                    xp.submit(step("one"));
                    xp.submit(of(Renames.Ambiguous.class));
                }))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot tell whose results are stored under the type id trial.step")
                .hasMessageContaining(Renames.Ambiguous.class.getName());
    }

    private ExperimentPlan<String> before() {
        return (xp, settings) -> {
            submitted.clear();
            Config<Renames.Before.Brain> brain = xp.submit(teach(1));
            Config<Renames.Before.Judge> judge = Config.builder(Renames.Before.Judge.class)
                    .set("brain", brain)
                    .build();
            Config<Renames.Before.Judge> judged = xp.submit(judge);
            Config<Renames.Before.Sum> sum = Config.builder(Renames.Before.Sum.class)
                    .set("judge", judged)
                    .set("read", job(judge).path().resolve("out.txt"))
                    .build();
            xp.submit(sum);
            submitted.addAll(List.of(teach(1), judge, sum));
        };
    }

    private ExperimentPlan<String> after() {
        return (xp, settings) -> {
            submitted.clear();
            Config<Renames.After.Model> model = xp.submit(train(1));
            Config<Renames.After.Judge> judge = Config.builder(Renames.After.Judge.class)
                    .set("model", model)
                    .build();
            Config<Renames.After.Judge> judged = xp.submit(judge);
            Config<Renames.After.Sum> sum = Config.builder(Renames.After.Sum.class)
                    .set("judge", judged)
                    .set("read", job(judge).path().resolve("out.txt"))
                    .build();
            xp.submit(sum);
            submitted.addAll(List.of(train(1), judge, sum));
        };
    }

    private static Config<Renames.Before.Teach> teach(int seed) {
        return Config.builder(Renames.Before.Teach.class)
                .set(
                        "cog",
                        Config.builder(Renames.Before.Cog.class).set("width", 8).build())
                .set("seed", seed)
                .set("threads", 4)
                .build();
    }

    private static Config<Renames.After.Train> train(int seed) {
        return Config.builder(Renames.After.Train.class)
                .set(
                        "layer",
                        Config.builder(Renames.After.Layer.class)
                                .set("breadth", 8)
                                .build())
                .set("start", seed)
                .set("workers", 1)
                .build();
    }

    private static Config<Renames.ChangedTrain> changed(int seed) {
        return Config.builder(Renames.ChangedTrain.class)
                .set(
                        "layer",
                        Config.builder(Renames.ChangedLayer.class)
                                .set("breadth", 8)
                                .build())
                .set("start", seed)
                .set("workers", 1)
                .build();
    }
}
