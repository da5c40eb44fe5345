package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LauncherTest {

    @Test
    void find_text_hasTheRequirementAndTheLineOfThePlan() {
        Launcher launcher = Launcher.find(" duration=2 days & cuda(mem=16G) * 4 ");

        assertThat(launcher.requirement()).hasValue(Requirement.parse("cuda(mem=16G) * 4 & duration=2 days"));
        assertThat(launcher.location().orElse("")).matches("LauncherTest.java:\\d+");
        assertThat(launcher.name()).isEmpty();
        assertThat(launcher).hasToString("duration=2 days & cuda(mem=16G) * 4");
    }

    @Test
    void find_wrongText_failsAtOnceAndNamesTheLine() {
        assertThatThrownBy(() -> Launcher.find("cudda"))
                .isInstanceOf(LaunchException.class)
                .hasMessageMatching("(?s)LauncherTest.java:\\d+: Cannot read the requirement:.*")
                .hasMessageEndingWith("; did you mean \"cuda\"?");
    }

    @Test
    void find_requirement_hasIt() {
        var requirement = Requirement.gpu().times(2);

        assertThat(Launcher.find(requirement).requirement()).containsSame(requirement);
        assertThat(Launcher.find(requirement).location().orElse("")).startsWith("LauncherTest.java:");
    }

    @Test
    void local_hasNothing() {
        Launcher launcher = Launcher.local();

        assertThat(launcher.requirement()).isEmpty();
        assertThat(launcher.name()).isEmpty();
        assertThat(launcher.location()).isEmpty();
        assertThat(launcher.labelNames()).isEmpty();
        assertThat(launcher.environment()).isEmpty();
        assertThat(launcher.options()).isEmpty();
        assertThat(launcher).hasToString("local");
    }

    @Test
    void named_hasTheNameAndNoRequirement() {
        Launcher launcher = Launcher.named("big").labels("b", "a").labels("c");

        assertThat(launcher.name()).hasValue("big");
        assertThat(launcher.requirement()).isEmpty();
        assertThat(launcher.location().orElse("")).startsWith("LauncherTest.java:");
        assertThat(launcher).hasToString("big with the labels a, b, c");
    }

    @Test
    void withers_addAndReplace_leavingTheFirstAsItWas() {
        Launcher first = Launcher.find("jdk=17").env("A", "1").option("qos", "low");
        Launcher second =
                first.env("A", "2").env("B", "=").labels("x").labels("y", "x").option("qos", "high");

        assertThat(first.environment()).isEqualTo(Map.of("A", "1"));
        assertThat(first.options()).isEqualTo(Map.of("qos", "low"));
        assertThat(first.labelNames()).isEmpty();
        assertThat(second.environment()).isEqualTo(Map.of("A", "2", "B", "="));
        assertThat(second.options()).isEqualTo(Map.of("qos", "high"));
        assertThat(second.labelNames()).containsExactly("x", "y");
        assertThat(second.requirement()).isEqualTo(first.requirement());
        assertThat(second.location()).isEqualTo(first.location());
    }

    @Test
    void getters_results_cannotBeChanged() {
        Launcher launcher = Launcher.local().env("A", "1").option("a", "1").labels("a");

        assertThatThrownBy(() -> launcher.environment().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> launcher.options().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> launcher.labelNames().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void pass_andEnv_theLaterOneCounts() {
        Launcher passed = Launcher.local().env("A", "1").pass("A").pass("B");
        Launcher set = passed.env("B", "2").labels("x").option("o", "p");

        assertThat(passed.environment()).isEmpty();
        assertThat(passed.passed()).containsExactly("A", "B");
        assertThat(set.environment()).isEqualTo(Map.of("B", "2"));
        assertThat(set.passed()).containsExactly("A");
    }

    @Test
    void withers_impossibleNames_areRefused() {
        Launcher local = Launcher.local();

        assertThatThrownBy(() -> Launcher.named(" ")).hasMessageContaining("Cannot find a launcher: its name is empty");
        assertThatThrownBy(() -> local.labels("a", "")).hasMessageContaining("one of them is empty");
        for (String name : List.of("", "A=B", "1A", "A-B", "A.B", "A B", "Ä", "A\n", "A\0", "$(id)")) {
            assertThatThrownBy(() -> local.env(name, "1"))
                    .as(name)
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("cannot be the name of a variable; use letters");
        }
        assertThatThrownBy(() -> local.env("A", "x\0"))
                .isInstanceOf(LaunchException.class)
                .hasMessageMatching(
                        "LauncherTest.java:\\d+: Cannot set an environment variable: the value of the variable A"
                                + " has the character 0, which ends values; leave that character out");
        assertThat(local.env("_a1", "two\nlines = \r\n").environment()).containsEntry("_a1", "two\nlines = \r\n");
        assertThatThrownBy(() -> local.option("", "1"))
                .isInstanceOf(LaunchException.class)
                .hasMessageMatching("LauncherTest.java:\\d+: Cannot set an option of a launcher: its name is empty");
    }
}
