package org.experimaestro.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.experimaestro.ContinueException;
import org.experimaestro.testkit.TestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/task-api.md says of the time limit is so. */
class TaskPageTest {
    @TempDir
    private Path folder;

    @Test
    void sum_timeNearlyOver_goesOnInTheNextAttempt() throws Exception {
        TestContext first = TestContext.in(folder).remainingTime(Duration.ofMinutes(2));
        assertThatThrownBy(() -> new Sum(100).execute(first))
                .isInstanceOf(ContinueException.class)
                .hasMessage("after 0 of 100");
        Files.writeString(folder.resolve("checkpoint.txt"), "99 4950");

        TestContext second = TestContext.in(folder).attempt(2);
        new Sum(100).execute(second);

        assertThat(second.metrics()).containsEntry("sum", 5050.0);
    }
}
