package org.experimaestro.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherHook;
import org.experimaestro.spi.Placement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksTest {
    private static final Path BIG_CLUSTER = Path.of("../examples/launchers/big-cluster.yaml");

    @TempDir
    private Path folder;

    /** A hook that takes the last candidate of jobs that need accelerators. */
    public static final class LastOne implements LauncherHook {
        @Override
        public Optional<Placement> choose(
                Launcher request, List<Placement> candidates, List<LauncherDefinition> launchers) {
            assertThat(launchers).extracting(LauncherDefinition::name).containsExactly("laptop", "cluster");
            return request.toString().contains("cuda") ? Optional.of(candidates.getLast()) : Optional.empty();
        }
    }

    /** A hook that makes its own placement for jobs that no candidate meets. */
    public static final class Rescue implements LauncherHook {
        @Override
        public Optional<Placement> choose(
                Launcher request, List<Placement> candidates, List<LauncherDefinition> launchers) {
            return candidates.isEmpty() ? Optional.of(Placement.on(launchers.getFirst())) : Optional.empty();
        }
    }

    /** A hook that sets a variable, overriding the plan, and leaves the rest to the file. */
    public static final class Setter implements LauncherHook {
        @Override
        public Optional<Placement> choose(
                Launcher request, List<Placement> candidates, List<LauncherDefinition> launchers) {
            return candidates.stream()
                    .findFirst()
                    .map(best -> best.toBuilder().env("WHO", "hook").build());
        }
    }

    /** A hook that fails. */
    public static final class Broken implements LauncherHook {
        @Override
        public Optional<Placement> choose(
                Launcher request, List<Placement> candidates, List<LauncherDefinition> launchers) {
            throw new IllegalStateException("no idea");
        }
    }

    @Test
    void find_hook_choosesAmongTheCandidates() throws Exception {
        FileLauncherFinder finder = finder(LastOne.class.getName(), Rescue.class.getName());

        assertThat(finder.find(Launcher.find("duration=3 h & cuda(mem=16G) * 4")))
                .hasToString("cluster, partition gpu, host a100");
        assertThat(finder.find(Launcher.find("duration=3 h & cpu(cores=1)")))
                .hasToString("cluster, partition cpu, host cpu");
        assertThat(finder.find(Launcher.find("cpu(cores=1000)"))).hasToString("laptop");
    }

    @Test
    void find_hookThatSetsAVariable_winsOverThePlan() throws Exception {
        FileLauncherFinder finder = finder(Setter.class.getName());

        for (Launcher request : List.of(Launcher.local(), Launcher.find("duration=3 h & cuda(mem=16G) * 4"))) {
            assertThat(finder.find(request.env("WHO", "plan").env("OTHER", "plan"))
                            .environment())
                    .containsEntry("WHO", "hook")
                    .containsEntry("OTHER", "plan");
        }
    }

    @Test
    void find_hookThatThrows_isNamed() throws Exception {
        FileLauncherFinder finder = finder(Broken.class.getName());

        assertThatThrownBy(() -> finder.find(Launcher.find("cpu(cores=1)")))
                .isInstanceOf(LaunchException.class)
                .hasMessageStartingWith("HooksTest.java:")
                .hasMessageContaining("HooksTest$Broken failed to choose a launcher for cpu(cores=1):"
                        + " java.lang.IllegalStateException: no idea")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void of_hookThatIsNotThere_isNamed() {
        assertThatThrownBy(() -> finder("gone.Hook"))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("gone.Hook");
    }

    private FileLauncherFinder finder(String... hooks) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.write(services.resolve(LauncherHook.class.getName()), List.of(hooks));
        URL[] urls = {folder.toUri().toURL()};
        try (URLClassLoader plan = new URLClassLoader(urls, HooksTest.class.getClassLoader())) {
            return FileLauncherFinder.open(
                    BIG_CLUSTER, TestTypes.USER, TestTypes.ALL, Hooks.of(plan), TestTypes.choice());
        }
    }
}
