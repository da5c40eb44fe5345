package org.experimaestro.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.InitTask;
import org.experimaestro.LaunchHook;
import org.experimaestro.Launcher;
import org.experimaestro.Meta;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.experimaestro.testkit.TaskSubmission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs whose configurations change how jobs are launched. */
@Timeout(120)
class LaunchHooksRunTest extends PlanFixture {
    /** Sets a variable to a value that does not count, and marks that it was asked. */
    @ConfigType("trial.variable-hook")
    record VariableHook(String name, @Meta String value) implements LaunchHook, InitTask {
        @Override
        public Launcher change(Launcher request) {
            if (value.equals("throws")) {
                throw new IllegalStateException("no such device");
            }
            String before = request.environment().getOrDefault(name, "");
            return request.env(name, before + value);
        }

        @Override
        public void init(TaskContext context) {}
    }

    /** Uses two hooks. */
    @ConfigType("trial.hooked")
    record Hooked(Configurable first, List<Configurable> others) implements SelfTask<Hooked> {
        @Override
        public void execute(TaskContext context) {}
    }

    private static Config<VariableHook> hook(String name, String value) {
        return Config.builder(VariableHook.class)
                .set("name", name)
                .set("value", value)
                .build();
    }

    private static Config<Hooked> hooked(Config<?> first, List<Config<?>> others) {
        return Config.builder(Hooked.class)
                .set("first", first)
                .set("others", others)
                .build();
    }

    private TaskSubmission submitted(Config<Hooked> task, Launcher launcher) {
        return dryRun((xp, settings) -> xp.submit(task, launcher)).submissions().getFirst();
    }

    @Test
    void submit_taskWithHooks_asksEachOnceAfterThePlanAndKeepsTheIdentifier() {
        Config<Hooked> task = hooked(hook("A", "1"), List.of(hook("B", "2"), hook("A", "1")));
        TaskSubmission submission =
                submitted(task.init(hook("C", "3")), Launcher.local().env("A", "plan "));

        assertThat(submission.launcher().environment())
                .containsEntry("A", "plan 1")
                .containsEntry("B", "2")
                .containsEntry("C", "3");
        assertThat(task.id())
                .isEqualTo(hooked(hook("A", "9"), List.of(hook("B", "9"), hook("A", "9")))
                        .id());
    }

    @Test
    void submit_hooksOfOneIdentifierThatDiffer_areRefused() {
        assertThatThrownBy(() -> submitted(hooked(hook("A", "1"), List.of(hook("A", "2"))), Launcher.local()))
                .hasStackTraceContaining(
                        "Cannot submit trial.hooked: two hooks trial.variable-hook have one identifier")
                .hasStackTraceContaining("differ in parameters that do not count");
    }

    @Test
    void submit_hooksThatChangeOnePart_areRefusedWithBothNames() {
        Config<?> other = Config.builder(OtherHook.class).build();
        assertThatThrownBy(() -> submitted(hooked(hook("A", "1"), List.of(other)), Launcher.local()))
                .hasStackTraceContaining(
                        "Cannot submit trial.hooked: the hooks trial.variable-hook and trial.other-hook both"
                                + " change the variable A");
    }

    /** Sets the variable of another hook. */
    @ConfigType("trial.other-hook")
    record OtherHook() implements LaunchHook {
        @Override
        public Launcher change(Launcher request) {
            return request.pass("A");
        }
    }

    @Test
    void submit_hookThatThrows_isNamedAndJobsThatAreDoneDoNotAskIt() {
        Config<Hooked> task = hooked(hook("A", "1"), List.of());
        assertThat(run((xp, settings) -> xp.submit(task)).executed()).hasSize(1);
        Config<Hooked> throwing = hooked(hook("A", "throws"), List.of());

        assertThat(run((xp, settings) -> xp.submit(throwing)).executed()).isEmpty();
        assertThatThrownBy(() -> run((xp, settings) -> xp.submit(hooked(hook("B", "throws"), List.of()))))
                .hasRootCauseMessage("no such device")
                .hasStackTraceContaining("the hook trial.variable-hook failed");
    }
}
