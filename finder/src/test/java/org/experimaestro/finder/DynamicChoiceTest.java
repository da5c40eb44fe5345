package org.experimaestro.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.experimaestro.Launcher;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.Placement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DynamicChoiceTest {
    private static final int DRAWS = 4_000;

    @TempDir
    private Path folder;

    private Instant now = Instant.EPOCH;

    @Test
    void find_byPriority_takesTheHighestThatMatches() throws IOException {
        FileLauncherFinder finder = finder("choose: priority, among: {small: 3, large: 1}");

        assertThat(finder.find(Launcher.find("cpu(cores=1)"))).hasToString("small, host s");
        assertThat(finder.find(Launcher.find("cpu(cores=8)"))).hasToString("large, host l");
        assertThat(finder.find(Launcher.named("any"))).hasToString("small, host s");
    }

    @Test
    void find_equalPriorities_drawsAmongThem() throws IOException {
        Map<String, Integer> counts = draw(finder("choose: priority, among: {small: 3, large: 3}"));

        assertThat(counts.keySet()).containsExactlyInAnyOrder("small", "large");
        assertThat((double) counts.getOrDefault("small", 0) / DRAWS).isCloseTo(0.5, offset(0.05));
    }

    @Test
    void find_sample_isProportional() throws IOException {
        Map<String, Integer> counts = draw(finder("choose: sample, among: {small: 3, large: 1}"));

        assertThat((double) counts.getOrDefault("small", 0) / DRAWS).isCloseTo(0.75, offset(0.05));
    }

    @Test
    void find_sampleOfNumbersWhoseSumIsBeyondADouble_isProportional() throws IOException {
        Map<String, Integer> counts = draw(finder("choose: sample, among: {small: 1.2e308, large: 1.2e308}"));

        assertThat((double) counts.getOrDefault("small", 0) / DRAWS).isCloseTo(0.5, offset(0.05));
    }

    @Test
    void find_refresh_isAskedAgainAfterItsTime() throws IOException {
        Path numbers = Files.writeString(folder.resolve("numbers"), "large 5\n");
        FileLauncherFinder finder =
                finder("among: {small: 3, large: 1}, refresh: \"cat " + numbers + "\", refresh_every: 10 min");

        assertThat(finder.find(Launcher.find("cpu(cores=1)"))).hasToString("large, host l");
        Files.writeString(numbers, "small 9\n\nlarge 4\n");
        now = now.plus(Duration.ofMinutes(9));
        assertThat(finder.find(Launcher.find("cpu(cores=1)"))).hasToString("large, host l");
        now = now.plus(Duration.ofMinutes(1));
        assertThat(finder.find(Launcher.find("cpu(cores=1)"))).hasToString("small, host s");
    }

    @Test
    void find_refreshThatFails_keepsTheNumbersAndSaysSo() throws IOException {
        FileLauncherFinder failing = finder("among: {small: 3, large: 1}, refresh: \"echo down >&2; exit 3\"");
        Placement placement = failing.find(Launcher.find("cpu(cores=1)"));

        assertThat(placement).hasToString("small, host s");
        assertThat(placement.notice().orElseThrow())
                .isEqualTo("The command that refreshes the launcher any failed, its numbers stay as they were: down");
        FileLauncherFinder wrong =
                finder("choose: sample, among: {small: 3, large: 1}, refresh: \"echo other 1; echo small 0; echo x\"");
        assertThat(wrong.find(Launcher.find("cpu(cores=8)")).notice().orElseThrow())
                .endsWith(
                        "\"other\" is not among its launchers: small, large; expected a finite number above 0 for small,"
                                + " found \"0\"; expected a name and a finite number above 0, found \"x\"");
    }

    @Test
    void find_tagsOfTheDynamicLauncher_count() throws IOException {
        FileLauncherFinder finder = finder("among: {large: 1}, labels: [night], only_labeled: true");

        assertThat(finder.find(Launcher.find("cpu(cores=1)").labels("night"))).hasToString("large, host l");
        assertThat(finder.find(Launcher.find("cpu(cores=1)"))).hasToString("small, host s");
    }

    private static Map<String, Integer> draw(FileLauncherFinder finder) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < DRAWS; i++) {
            counts.merge(finder.find(Launcher.find("cpu(cores=1)")).launcher().name(), 1, Integer::sum);
        }
        return counts;
    }

    private FileLauncherFinder finder(String dynamic) throws IOException {
        Path file = Files.writeString(folder.resolve("launchers.yaml"), """
                launchers:
                  any: {type: dynamic, %s}
                  small: {type: slurm, hosts: {s: {cores: 4, memory: 8G}}}
                  large: {type: slurm, hosts: {l: {cores: 8, memory: 8G}}}
                """.formatted(dynamic));
        return FileLauncherFinder.open(
                file,
                TestTypes.USER,
                TestTypes.ALL,
                Hooks.of(ClassLoader.getPlatformClassLoader()),
                new DynamicChoice(new LocalShell(), new Random(1), () -> now));
    }
}
