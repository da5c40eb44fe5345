package org.experimaestro.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.RunMode;
import org.experimaestro.SelfTask;
import org.experimaestro.engine.ExperimentRunner;
import org.experimaestro.engine.ExperimentSetup;
import org.experimaestro.engine.RunListener;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs again after types got other parameters, with conversions of the former shapes. */
@Timeout(120)
final class FormerShapeTest extends PlanFixture {
    private final List<Config<?>> submitted = Collections.synchronizedList(new ArrayList<>());

    @Test
    void submit_typesHaveOtherParameters_findsTheResultsThroughChainsAndUsers() throws Exception {
        assertThat(run(before(0.5)).executed()).hasSize(2);
        List<Config<?>> old = List.copyOf(submitted);

        PlanRun again = run(after(0.5));

        assertThat(again.executed()).isEmpty();
        for (int i = 0; i < old.size(); i++) {
            assertThat(job(submitted.get(i)).name())
                    .isNotEqualTo(job(old.get(i)).name());
            assertThat(job(submitted.get(i)).findFormer().orElseThrow().name())
                    .isEqualTo(job(old.get(i)).name());
        }
        assertThat(run(after(0.25)).executed()).hasSize(2);
    }

    @Test
    void submit_conversionThrows_tellsWhyTheResultIsLost_andTheJobRuns() throws Exception {
        run(before(1.5));

        assertThat(lost(after(1.5)))
                .first()
                .asString()
                .contains("Cannot use the conversion " + Shapes.After.Descent.class.getName() + ".of: it threw ")
                .endsWith("no descent has the rate 1.5");
        assertThat(run(after(1.5)).executed()).hasSize(2);
    }

    @Test
    void submit_conversionsCannotBeUsed_namesTheMethodAndTheReason() {
        assertRefused(Shapes.Circle.class, "leads in a circle back to " + Shapes.Circle.class.getName());
        assertRefused(Shapes.Wrong.class, "write it as: static Config<Wrong> of(Config<OldShape> former)");
        assertThatThrownBy(() -> run((xp, settings) -> {
                    xp.submit(teach(0.5));
                    xp.submit(Config.builder(Shapes.Second.class).build());
                }))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot use the conversion " + Shapes.Second.class.getName() + ".of: "
                        + Shapes.After.Momentum.class.getName() + ".of converts "
                        + Shapes.After.FormerSgd.class.getName());
    }

    @Test
    void id_typeHasAConversion_isThatOfTheTypeWithoutOne() {
        assertThat(descent(0.5).id())
                .isEqualTo(Config.of(new PlainDescent(0.5, 0)).id());
    }

    @ConfigType("shape.descent")
    record PlainDescent(double rate, double decay) implements Configurable {}

    private <T extends SelfTask<T>> void assertRefused(Class<T> type, String reason) {
        assertThatThrownBy(() ->
                        run((xp, settings) -> xp.submit(Config.builder(type).build())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot use the conversion ")
                .hasMessageContaining(reason);
    }

    @Test
    void submit_conversionIsKnownAfterAJobSeemedLost_findsTheJobAndItsUsers() throws Exception {
        Path plain = Files.writeString(folder.resolve("plain.txt"), "plain");
        run((xp, settings) -> xp.submit(Config.builder(Shapes.Weigh.class)
                .set("brain", xp.submit(oldTeach(0.5)))
                .build()));
        // The class of the former shape is gone, so that only the conversion can read it.
        Path parameters = job(oldTeach(0.5)).parametersFile();
        Files.writeString(parameters, Files.readString(parameters).replace("Before$Teach", "Gone"));

        PlanRun again = run((xp, settings) -> {
            xp.submit(scale(Config.of(new Shapes.Brain(plain))));
            xp.submit(scale(xp.submit(teach(0.5))));
        });

        assertThat(again.submissions()).hasSize(3);
        assertThat(again.executed()).hasSize(1);
    }

    private static Config<Shapes.Scale> scale(Config<Shapes.Brain> brain) {
        return Config.builder(Shapes.Scale.class).set("brain", brain).build();
    }

    private static Config<Shapes.Before.Teach> oldTeach(double rate) {
        return Config.builder(Shapes.Before.Teach.class)
                .set(
                        "sgd",
                        Config.builder(Shapes.Before.Sgd.class).set("lr", rate).build())
                .set("size", 8)
                .build();
    }

    private ExperimentPlan<String> before(double rate) {
        return (xp, settings) -> {
            submitted.clear();
            Config<Shapes.Before.Teach> teach = oldTeach(rate);
            Config<Shapes.Judge> judge = judge(xp.submit(teach));
            xp.submit(judge);
            submitted.addAll(List.of(teach, judge));
        };
    }

    private ExperimentPlan<String> after(double rate) {
        return (xp, settings) -> {
            submitted.clear();
            Config<Shapes.Judge> judge = judge(xp.submit(teach(rate)));
            xp.submit(judge);
            submitted.addAll(List.of(teach(rate), judge));
        };
    }

    private static Config<Shapes.After.Teach> teach(double rate) {
        return Config.builder(Shapes.After.Teach.class)
                .set("method", descent(rate))
                .set("width", 8)
                .set("depth", 1)
                .build();
    }

    private static Config<Shapes.After.Descent> descent(double rate) {
        return Config.builder(Shapes.After.Descent.class)
                .set("rate", rate)
                .set("decay", 0.0)
                .build();
    }

    private static Config<Shapes.Judge> judge(Config<Shapes.Brain> brain) {
        return Config.builder(Shapes.Judge.class).set("brain", brain).build();
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
        Path caches = folder.resolve("cache");
        new ExperimentRunner(
                        ExperimentSetup.of("trial", RunMode.DRY_RUN, workspace())
                                .folders(caches, folder.resolve("state"))
                                .version("test")
                                .build(),
                        listener)
                .run(plan, "settings");
        return lost;
    }
}
