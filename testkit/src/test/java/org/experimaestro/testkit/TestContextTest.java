package org.experimaestro.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task in a unit test. */
class TestContextTest {
    @TempDir
    private Path folder;

    @Test
    void execute_task_makesItInTheFolderAndRecordsWhatItTells() throws Exception {
        TestContext context = TestContext.in(folder.resolve("job"));

        WordsPlan.Write task = context.execute(WordsPlan.write(2));

        assertThat(task.file()).isEqualTo(folder.resolve("job/text.txt")).hasContent("word\nword");
        assertThat(context.folder()).isEqualTo(folder.resolve("job"));
        assertThat(context.metrics()).isEqualTo(Map.of("written", 2.0));
        assertThat(context.values("written")).containsExactly(1.0, 2.0);
        assertThat(context.values("other")).isEmpty();
        assertThat(context.progress()).extracting(Object::toString).containsExactly("0 0.5 word 1", "0 1.0 word 2");
        assertThat(context.fraction()).isEqualTo(1);
        assertThat(context.logger().getName()).isEqualTo("words.write");
    }

    @Test
    void execute_plainValueByTheTest_recordsWhatItTells() throws Exception {
        TestContext context = TestContext.in(folder);

        new WordsPlan.Write(1, "w", folder.resolve("mine.txt")).execute(context);

        assertThat(folder.resolve("mine.txt")).hasContent("w");
        assertThat(context.metrics()).isEqualTo(Map.of("written", 1.0));
    }

    @Test
    void unitMetrics_valuesOfUnits_areApartFromTheMetric() throws Exception {
        TestContext context = TestContext.in(folder);

        context.metric("ap", "301", 1);
        context.metric("ap", "302", 0.9f);
        context.metric("ap", "301", 0.5);
        context.metric("ap", 0.7);

        assertThat(context.unitMetrics("ap")).isEqualTo(Map.of("301", 0.5, "302", 0.9));
        assertThat(context.unitMetrics("p10")).isEmpty();
        assertThat(context.metrics()).isEqualTo(Map.of("ap", 0.7));
        assertThatThrownBy(() -> context.metric("ap", "", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void announced_hasWhatTheTaskAnnounces_andIsCheckedAsInAJob() throws Exception {
        TestContext context = TestContext.in(folder);
        Config<Announce> task = Config.builder(Announce.class).build();

        context.execute(task);

        assertThat(context.announced()).isEqualTo(Map.of("first", new Announced(1, folder.resolve("first"))));
        assertThatThrownBy(() -> context.announce("none", new Announced(2, folder.resolve("none"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("The task words.announce announced as \"none\" a configuration whose parameter")
                .hasMessageContaining("is none, which does not exist");
        assertThatThrownBy(() -> context.announce("first", new Announced(3, folder.resolve("first"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot announce \"first\" again");
        assertThatThrownBy(() -> context.announce("a\nb", new Announced(1, folder.resolve("first"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Something that is announced. */
    @ConfigType("words.announced")
    record Announced(int number, Path file) implements Configurable {}

    /** A task that announces the same twice. */
    @ConfigType("words.announce")
    record Announce() implements SelfTask<Announce> {
        @Override
        public void execute(TaskContext context) throws IOException {
            Path file = Files.writeString(context.folder().resolve("first"), "text");
            context.announce("first", new Announced(1, file));
            context.announce("first", new Announced(1, file));
        }
    }

    @Test
    void execute_missingPath_failsAsTheJobWould() throws Exception {
        TestContext context = TestContext.in(folder);

        assertThatThrownBy(() -> context.execute(WordsPlan.write(13)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("file (text.txt)");
    }

    @Test
    void execute_taskThatThrows_throwsTheSame() throws Exception {
        TestContext context = TestContext.in(folder);

        assertThatThrownBy(() -> context.execute(WordsPlan.write(-1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void cancelWhen_conditionHolds_interruptsTheTaskAndNotTheTest() throws Exception {
        TestContext context = TestContext.in(folder).cancelWhen(told -> told.fraction() >= 0.5);

        assertThatThrownBy(() -> context.execute(WordsPlan.write(6)))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("after 3 words");
        assertThat(context.isCancelled()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void remainingTime_set_isTold() throws Exception {
        assertThat(TestContext.in(folder).remainingTime()).isEmpty();
        assertThat(TestContext.in(folder).remainingTime(Duration.ofMinutes(2)).remainingTime())
                .contains(Duration.ofMinutes(2));
    }

    @Test
    void attempt_set_isTold() throws Exception {
        assertThat(TestContext.in(folder).attempt()).isEqualTo(1);
        assertThat(TestContext.in(folder).attempt(3).attempt()).isEqualTo(3);
    }

    @Test
    void track_metricsWithSteps_areRecorded() throws Exception {
        TestContext context =
                TestContext.in(folder).cancelWhen(told -> told.values("loss").size() == 2);

        for (int epoch : context.track(List.of(1, 2, 3), "epoch")) {
            context.metric("loss", 1.0 / epoch, epoch);
            if (context.isCancelled()) {
                break;
            }
        }

        assertThat(Thread.interrupted()).isTrue();
        assertThat(context.values("loss")).containsExactly(1.0, 0.5);
        assertThat(context.progress().getLast().description()).isEqualTo("epoch 2 of 3");
    }

    @Test
    void calls_wrongArguments_areRefusedAsInAJob() throws Exception {
        TestContext context = TestContext.in(folder);

        assertThatThrownBy(() -> context.metric("", 1.0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> context.metric("loss", 1.0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> context.progress(10, 0.5, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> context.progress(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        context.progress(1, 7, "much");
        assertThat(context.progress()).extracting(Object::toString).containsExactly("1 1.0 much");
        assertThat(context.fraction()).isZero();
    }
}
