package org.experimaestro.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.ConfigException;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.Requirement;
import org.experimaestro.RunMode;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.spi.Placement;
import org.junit.jupiter.api.Test;

/** The results of a plan in a test. */
class PlanRunnerTest {
    private static final WordsPlan.Settings TWO = new WordsPlan.Settings(List.of(3, 5));

    @Test
    void dryRun_plan_showsItsSubmissions() {
        PlanRun run = PlanRunner.of(new WordsPlan()).dryRun(TWO);

        assertThat(run.outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(run.submissions())
                .extracting(TaskSubmission::type)
                .containsExactly("words.write", "words.count", "words.write", "words.count");
        TaskSubmission write = run.submissions(WordsPlan.Write.class).getLast();
        TaskSubmission count = run.submissions(WordsPlan.Count.class).getLast();
        assertThat(write.id()).isEqualTo(WordsPlan.write(5).id());
        assertThat(write.config().id()).isEqualTo(write.id());
        assertThat(write.tags()).isEqualTo(Map.of("count", 5));
        assertThat(count.tags()).isEqualTo(Map.of("count", 5));
        assertThat(write.dependencies()).isEmpty();
        assertThat(count.dependencies()).containsExactly(write);
        assertThat(count).hasToString("words.count/" + count.id() + " count=5");
        assertThat(run.toString().lines()).hasSize(4);
    }

    @Test
    void dryRun_launchers_areThoseOfTheirSubmissions() {
        PlanRun run = PlanRunner.of(new WordsPlan()).dryRun(TWO);

        TaskSubmission write = run.submissions().get(0);
        TaskSubmission count = run.submissions().get(1);
        assertThat(write.requirement()).contains(Requirement.parse("cpu(cores=2)"));
        assertThat(write.launcher().environment()).isEqualTo(Map.of("LEVEL", "3"));
        assertThat(count.requirement()).isEmpty();
        assertThat(count.launcher().name()).isEmpty();
    }

    @Test
    void dryRun_sameTaskTwice_isOneSubmission() {
        PlanRun run = PlanRunner.<String>of((xp, settings) -> {
                    xp.submit(WordsPlan.write(3));
                    xp.submit(WordsPlan.write(3));
                })
                .dryRun("");

        assertThat(run.submissions()).hasSize(1);
    }

    @Test
    void dryRun_namesAndArguments_reachThePlan() {
        List<Object> seen = new ArrayList<>();
        Path workspace = Path.of("target", "no-workspace");

        PlanRunner.<String>of((xp, settings) ->
                        seen.addAll(List.of(xp.name(), xp.arguments(), xp.workspace(), xp.runMode(), settings)))
                .name("grid")
                .arguments("a", "b")
                .workspace(workspace)
                .dryRun("settings");

        assertThat(seen)
                .containsExactly("grid", List.of("a", "b"), workspace.toAbsolutePath(), RunMode.DRY_RUN, "settings");
        assertThat(workspace).doesNotExist();
    }

    @Test
    void dryRun_planFolder_isWhereRelativePathsStart() {
        List<Path> seen = new ArrayList<>();
        ExperimentPlan<String> plan = (xp, settings) ->
                seen.add(WordsPlan.count(3).get(WordsPlan.Count::text).value().file());

        PlanRunner.of(plan).planFolder(Path.of("plans")).dryRun("");
        PlanRunner.of(plan).dryRun("");

        assertThat(seen)
                .containsExactly(
                        Path.of("plans/text-3").toAbsolutePath(),
                        Path.of("text-3").toAbsolutePath());
    }

    @Test
    void dryRun_defaultWorkspace_isNotMade() {
        List<Path> seen = new ArrayList<>();
        PlanRunner.<String>of((xp, settings) -> {
                    seen.add(xp.workspace());
                    xp.submit(WordsPlan.write(3));
                })
                .dryRun("");

        assertThat(seen.getFirst().getParent()).doesNotExist();
    }

    @Test
    void dryRun_launcherThatIsNotThere_isRefusedAsInARun() {
        LauncherFinder onlyLocal = new LauncherFinder() {
            @Override
            public Placement find(Launcher request) {
                if (request.name().isPresent()) {
                    throw LaunchException.of("There is no launcher " + request).build();
                }
                return Placement.on(LauncherDefinition.local());
            }

            @Override
            public Optional<LauncherDefinition> launcher(String name) {
                return Optional.empty();
            }
        };
        PlanRunner<String> runner = PlanRunner.<String>of(
                        (xp, settings) -> xp.submit(WordsPlan.write(3), Launcher.named("big")))
                .launchers(onlyLocal);

        assertThatThrownBy(() -> runner.dryRun(""))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("big");
    }

    @Test
    void dryRun_refusedPlans_throwWhatARunThrows() {
        PlanRunner<String> broken = PlanRunner.of((xp, settings) -> {
            throw new IllegalStateException("mine");
        });
        PlanRunner<String> wrong = PlanRunner.of((xp, settings) -> xp.submit(xp.submit(WordsPlan.count(3))));

        assertThatThrownBy(() -> broken.dryRun(""))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("mine")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> wrong.dryRun("")).isInstanceOf(ConfigException.class);
    }

    @Test
    void tasksByName_equalNames_areNumbered() {
        PlanRun run = PlanRunner.<String>of((xp, settings) -> {
                    xp.submit(WordsPlan.write(3));
                    xp.submit(WordsPlan.write(4).tag("count", 3));
                })
                .dryRun("");

        assertThat(run.tasksByName()).containsOnlyKeys("words.write count=3", "words.write count=3 #2");
    }
}
