package org.experimaestro.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigConstructor;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Dependency;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.GeneratedPath;
import org.experimaestro.InitTask;
import org.experimaestro.Outcome;
import org.experimaestro.SelfTask;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.testkit.TaskSubmission;
import org.experimaestro.testkit.TestContext;
import org.experimaestro.workspace.FailureCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs whose tasks have init tasks, or wait for tasks of which they use nothing. */
@Timeout(120)
class InitTasksRunTest extends PlanFixture {
    /** A number that is learned. */
    @ConfigType("trial.number")
    static final class LearnedNumber implements Configurable {
        private final String name;
        private double value;

        @ConfigConstructor
        LearnedNumber(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }
    }

    /** Learns a number. */
    @ConfigType("trial.learn-number")
    record LearnNumber(
            LearnedNumber number,
            double target,
            @GeneratedPath("number.txt") Path file) implements Task<LoadNumber> {
        @Override
        public void execute(TaskContext context) throws IOException {
            Files.writeString(file, Double.toString(target));
        }

        @Override
        public LoadNumber outputs(Dependency dep) {
            return dep.on(new LoadNumber(number, file));
        }
    }

    /** Restores a number. */
    @ConfigType("trial.load-number")
    record LoadNumber(LearnedNumber number, Path file) implements InitTask {
        @Override
        public void init(TaskContext context) throws IOException {
            number.value = Double.parseDouble(Files.readString(file));
        }
    }

    /** Measures a number. */
    @ConfigType("trial.use-number")
    record UseNumber(LearnedNumber number) implements SelfTask<UseNumber> {
        @Override
        public void execute(TaskContext context) {
            context.metric("value", number.value);
        }
    }

    private static final Config<LearnedNumber> NUMBER =
            Config.builder(LearnedNumber.class).set("name", "a").build();
    private static final Config<UseNumber> USE =
            Config.builder(UseNumber.class).set("number", NUMBER).build();

    private static Config<LearnNumber> learn(double target) {
        return Config.builder(LearnNumber.class)
                .set("number", NUMBER)
                .set("target", target)
                .build()
                .tag("target", target);
    }

    @Test
    void initTask_ofAnotherJob_isAwaitedAndRestoresWhatTheTaskSees() {
        ExperimentPlan<String> plan = (xp, settings) -> {
            Config<LoadNumber> learned = xp.submit(learn(0.5));
            assertThat(xp.report(xp.submit(USE.tag("target", "none"))).metric("value"))
                    .isZero();
            assertThat(xp.report(xp.submit(USE.init(learned))).metric("value")).isEqualTo(0.5);
        };
        PlanRun run = run(plan);

        TaskSubmission use = run.submissions().getLast();
        assertThat(use.dependencies()).extracting(TaskSubmission::type).containsExactly("trial.learn-number");
        assertThat(use.initTasks()).extracting(Config::type).containsExactly("trial.load-number");
        assertThat(use.tags()).containsEntry("target", 0.5);
        assertThat(run.executed()).hasSize(3);
        assertThat(run(plan).executed()).isEmpty();
    }

    @Test
    void initTask_whoseFileIsMissing_failsTheJobAndIsNamed() {
        Config<LoadNumber> missing = Config.builder(LoadNumber.class)
                .set("number", NUMBER)
                .set("file", folder.resolve("none"))
                .build();
        PlanRun run = run((xp, settings) -> xp.submit(USE.init(missing)));

        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(status(USE.init(missing)).findCause()).contains(FailureCause.EXCEPTION);
        assertThat(status(USE.init(missing)).message()).contains("the init task trial.load-number threw ");
    }

    @Test
    void after_aTaskOfWhichNothingIsUsed_waitsForItAndKeepsTheIdentifier() {
        fail("first");
        PlanRun run = run((xp, settings) -> {
            Config<?> first = xp.submit(step("first"));
            xp.submit(measure("second", 1).after(first));
        });

        assertThat(names(run.submissions().getLast().dependencies())).containsExactly("first");
        assertThat(names(run.executed())).containsExactly("first");
        assertThat(run.submissions().getLast().id())
                .isEqualTo(measure("second", 1).id());
    }

    @Test
    void execute_inAUnitTest_runsTheInitTasksFirst() throws Exception {
        Path file = Files.writeString(folder.resolve("number.txt"), "0.25");
        Config<LoadNumber> load = Config.builder(LoadNumber.class)
                .set("number", NUMBER)
                .set("file", file)
                .build();
        TestContext context = TestContext.in(folder.resolve("job"));

        context.execute(USE.init(load));

        assertThat(context.metrics()).containsEntry("value", 0.25);
        assertThatThrownBy(() -> context.execute(USE.init(Config.builder(LoadNumber.class)
                        .set("number", NUMBER)
                        .set("file", folder.resolve("none"))
                        .build())))
                .hasMessageStartingWith("the init task trial.load-number threw ");
        assertThat(List.of(USE.init(load).id(), USE.id())).doesNotHaveDuplicates();
    }
}
