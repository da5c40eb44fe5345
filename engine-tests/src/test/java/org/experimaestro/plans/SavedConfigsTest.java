package org.experimaestro.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.WorkspaceException;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.testkit.PlanRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Configurations that one experiment saves, and another one loads. */
@Timeout(120)
class SavedConfigsTest extends PlanFixture {
    private PlanRunner<String> other(ExperimentPlan<String> plan) {
        return PlanRunner.of(plan).name("other").workspace(workspace());
    }

    private void saveAll(Experiment xp) {
        Config<Step.Written> one = xp.submit(step("one"));
        Config<Step.Written> two = xp.submit(step("two"));
        xp.save("best", one);
        xp.save("list", List.of(two, one));
        xp.save("map", Map.of("second", two));
    }

    @Test
    void load_inAnotherExperiment_usesWhatIsDone() {
        run((xp, settings) -> saveAll(xp));

        PlanRun run = other((xp, settings) -> {
                    Config<Step.Written> best = xp.load("trial", "best", Step.Written.class);
                    List<Config<Step.Written>> list = xp.loadList("trial", "list", Step.Written.class);
                    Map<String, Config<Step.Written>> map = xp.loadMap("trial", "map", Step.Written.class);
                    assertThat(list.get(1).id()).isEqualTo(best.id());
                    assertThat(map.get("second").id()).isEqualTo(list.get(0).id());
                    xp.submit(step("user", best));
                })
                .run("settings");

        assertThat(names(run.executed())).containsExactly("user");
    }

    @Test
    void save_inARunThatRunsNothing_writesNothing() {
        dryRun((xp, settings) -> saveAll(xp));
        assertThat(workspace()).doesNotExist();
        run((xp, settings) -> xp.submit(step("one")));
        generate((xp, settings) -> saveAll(xp));

        other(
                        (xp, settings) -> assertThatThrownBy(() -> xp.load("trial", "best", Step.Written.class))
                                .isInstanceOf(WorkspaceException.class)
                                .hasMessageMatching(
                                        "SavedConfigsTest\\.java:\\d+: Cannot load \"best\" of the experiment "
                                                + "\"trial\": the experiment has saved nothing; let its plan call xp.save, and run it first"))
                .run("settings");
    }

    @Test
    void load_unknownNames_areErrorsThatNameTheKnown() {
        run((xp, settings) -> saveAll(xp));
        AtomicReference<Experiment> last = new AtomicReference<>();
        other((xp, settings) -> last.set(xp)).run("settings");
        Experiment xp = last.get();

        assertThatThrownBy(() -> xp.load("trail", "best", Object.class))
                .hasMessageEndingWith("\"trail\": the workspace has no such experiment; did you mean \"trial\"?");
        assertThatThrownBy(() -> xp.load("trial", "bets", Object.class))
                .hasMessageEndingWith("the experiment has saved best, list, map; did you mean \"best\"?");
        assertThatThrownBy(() -> xp.load("trial", "../results/saved/best", Object.class))
                .hasMessageContaining("the experiment has saved best, list, map");
        assertThatThrownBy(() -> xp.save("../best", step("one")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot save configurations under the name \"../best\"; use letters");
    }
}
