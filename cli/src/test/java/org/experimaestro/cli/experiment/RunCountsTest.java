package org.experimaestro.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCountsTest {
    @TempDir
    private Path place;

    private long nanos;
    private final RunCounts counts = new RunCounts(() -> nanos);
    private SampleWorkspace sample;
    private SubmittedTask task;

    @BeforeEach
    void submit() throws Exception {
        sample = new SampleWorkspace(place);
        task = submit(1);
    }

    private SubmittedTask submit(int epochs) throws IOException {
        SubmittedTask submitted = sample.submit(epochs, null);
        counts.submitted(submitted);
        return submitted;
    }

    private void run(SubmittedTask job, Phase end, int minutes) {
        counts.changed(job, Phase.READY);
        counts.changed(job, Phase.RUNNING);
        nanos += TimeUnit.MINUTES.toNanos(minutes);
        counts.changed(job, end);
    }

    @Test
    void words_jobThatIsTriedAgain_countsItOnce() {
        run(task, Phase.FAILED, 1);
        assertThat(counts.words()).containsExactly("100 %", "1 failed", "0/1 done");

        counts.changed(task, Phase.WAITING);
        assertThat(counts.words()).containsExactly("0 %", "0/1 done", "1 waiting");
        run(task, Phase.DONE, 1);
        assertThat(counts.words()).containsExactly("100 %", "1/1 done");
        assertThat(counts.fraction()).isEqualTo("(1/1)");
    }

    @Test
    void words_jobThatGoesBackToWaiting_runsNoLonger() {
        counts.changed(task, Phase.RUNNING);
        counts.changed(task, Phase.WAITING);

        assertThat(counts.words()).containsExactly("0 %", "0/1 done", "1 waiting");
    }

    @Test
    void words_noJobSubmitted_areNoCounts() {
        assertThat(new RunCounts().words()).containsExactly("no job is submitted yet");
    }

    @Test
    void words_typeOfWhichJobsHaveEnded_haveTheTimeLeft() throws IOException {
        List<SubmittedTask> others = List.of(submit(2), submit(3), submit(4), submit(5));
        counts.changed(task, Phase.RUNNING);
        assertThat(counts.words()).containsExactly("0 %", "1 running", "0/5 done", "4 waiting");
        nanos += TimeUnit.MINUTES.toNanos(10);
        counts.changed(task, Phase.DONE);
        assertThat(counts.words()).containsExactly("20 %", "1/5 done", "4 waiting");

        counts.changed(others.get(0), Phase.RUNNING);
        counts.changed(others.get(1), Phase.RUNNING);
        nanos += TimeUnit.MINUTES.toNanos(4);

        assertThat(counts.words()).containsExactly("20 %", "2 running", "16 min left", "1/5 done", "2 waiting");
        run(others.get(2), Phase.FAILED, 0);
        assertThat(counts.words())
                .containsExactly("40 %", "1 failed", "2 running", "11 min left", "1/5 done", "1 waiting");
    }

    @Test
    void text_narrowLine_keepsWholeWordsFromTheFirst() throws IOException {
        for (int i = 2; i < 100; i++) {
            submit(i);
        }
        run(task, Phase.DONE, 200);
        run(submit(100), Phase.FAILED, 0);
        SubmittedTask running = submit(101);
        counts.changed(running, Phase.RUNNING);

        assertThat(LiveText.of(counts, 39)).isEqualTo("1 %, 1 failed, 1 running, 13 days left");
        String all = "1 %, 1 failed, 1 running, 13 days left, 1/101 done, 98 waiting";
        assertThat(LiveText.of(counts, 79)).isEqualTo(all);
        assertThat(LiveText.of(counts, 84))
                .startsWith(all + " · sample.learn/")
                .endsWith("…")
                .hasSize(84);
        assertThat(LiveText.of(counts, 200)).endsWith(" · " + RunConsole.name(running));
        assertThat(LiveText.of(counts, 1)).isEqualTo("1 %");
    }
}
