package org.experimaestro.plans;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.experimaestro.Config;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.NamedBuilder;
import org.experimaestro.RunMode;
import org.experimaestro.testkit.JobBehavior;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.testkit.PlanRunner;
import org.experimaestro.testkit.TaskSubmission;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.io.TempDir;

/** A workspace for each test, tasks that a test makes fail, and plans whose jobs run in the process of the test. */
abstract class PlanFixture {
    @TempDir
    Path folder;

    private final Set<String> failing = new HashSet<>();

    /** The workspace's folder, which does not exist at first. */
    final Path workspace() {
        return folder.resolve("workspace");
    }

    /** A runner of the experiment {@code trial} in the workspace. */
    final PlanRunner<String> runner(ExperimentPlan<String> plan) {
        return PlanRunner.of(plan).name("trial").workspace(workspace());
    }

    final PlanRun run(ExperimentPlan<String> plan) {
        return runner(plan).run("settings");
    }

    final PlanRun dryRun(ExperimentPlan<String> plan) {
        return runner(plan).dryRun("settings");
    }

    final PlanRun generate(ExperimentPlan<String> plan) {
        return runner(plan).generate("settings");
    }

    final PlanRun run(RunMode mode, ExperimentPlan<String> plan) {
        return switch (mode) {
            case NORMAL -> run(plan);
            case GENERATE -> generate(plan);
            case DRY_RUN -> dryRun(plan);
            case PREPARE -> runner(plan).prepare("settings");
        };
    }

    /** Tasks of this name that are built from now on throw. */
    final void fail(String name) {
        failing.add(name);
    }

    /** Tasks of this name that are built from now on do not throw. */
    final void mend(String name) {
        failing.remove(name);
    }

    /** Has a job tell that it has begun, and holds it. */
    static JobBehavior held(CountDownLatch begun, CountDownLatch release) {
        begun.countDown();
        try {
            release.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        return JobBehavior.executes();
    }

    @SafeVarargs
    final Config<Step> step(String name, Config<Step.Written>... inputs) {
        List<Config<Step.Written>> read = new ArrayList<>();
        for (Config<Step.Written> input : inputs) {
            read.add(input);
        }
        return step(name, read);
    }

    final Config<Step> step(String name, List<Config<Step.Written>> inputs) {
        return Config.builder(Step.class)
                .set("name", name)
                .set("inputs", inputs)
                .set("fails", failing.contains(name))
                .build();
    }

    final Config<Measure> measure(String name, double value) {
        return measured(name, value).build();
    }

    final Config<Measure> measure(String name, double value, Config<Measure> after) {
        return measured(name, value).set("after", after).build();
    }

    private NamedBuilder<Measure> measured(String name, double value) {
        return Config.builder(Measure.class)
                .set("name", name)
                .set("value", value)
                .set("fails", failing.contains(name));
    }

    /** A configuration that has defaults for all of its parameters. */
    static <T> Config<T> of(Class<T> type) {
        return Config.builder(type).build();
    }

    final JobFolder job(Config<?> task) {
        return Workspace.view(workspace()).job(task.type(), task.id());
    }

    final JobStatus status(Config<?> task) {
        return job(task).status();
    }

    /** The names of steps and measures. */
    static List<String> names(List<TaskSubmission> submissions) {
        return submissions.stream().map(PlanFixture::name).toList();
    }

    static String name(TaskSubmission submission) {
        return switch (submission.config().value()) {
            case Step step -> step.name();
            case Measure measure -> measure.name();
            default -> submission.type();
        };
    }
}
