package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.experimaestro.engine.RunResult;
import org.experimaestro.trial.FastClock;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestLaunchers;
import org.junit.jupiter.api.Test;

/** Two runs of one user share the limit of a launcher. */
final class SharedLauncherTest extends BatchRunFixture {
    @Test
    void run_thatBeginsLater_getsTheNextFreePlaces() throws Exception {
        lab.launchers(TestLaunchers.finder(TestLaunchers.withLimit(launcher, 2)));
        lab.clock(new FastClock(20));
        List<String> first = List.of("a1", "a2", "a3", "a4");
        List<String> second = List.of("b1", "b2");
        first.forEach(lab.control()::hold);
        second.forEach(lab.control()::hold);
        CompletableFuture<RunResult> one = lab.start(all(first));
        lab.control().awaitExecution("a1");
        lab.control().awaitExecution("a2");
        CompletableFuture<RunResult> two = lab.start(all(second));
        Poll.until("the second run waits", () -> shares().stream().anyMatch(text -> text.contains("\"wanted\": 2")));
        Poll.until(
                "the first run has only its part",
                () -> shares().stream()
                        .anyMatch(text -> text.contains("\"share\": 1") && text.contains("\"wanted\": 4")));
        assertThat(lab.control().executions()).containsExactlyInAnyOrder("a1", "a2");

        lab.control().release("a1");
        lab.control().awaitExecution("b1");
        lab.control().release("a2");
        lab.control().awaitExecution("a3");
        assertThat(lab.control().executions()).hasSize(4).doesNotContain("b2", "a4");

        List.of("a3", "a4", "b1", "b2").forEach(lab.control()::release);
        assertThat(one.get().executed()).isEqualTo(4);
        assertThat(two.get().executed()).isEqualTo(2);
        assertThat(shares()).as("both have given their shares back").isEmpty();
    }

    private List<String> shares() {
        try (Stream<Path> files = Files.list(folder.resolve("state/shares/farm"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .map(SharedLauncherTest::text)
                    .toList();
        } catch (IOException gone) {
            return List.of();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException gone) {
            return "";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
