package org.experimaestro.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCountsTest {
    @TempDir
    private Path place;

    private long nanos;
    private final Instant begin = Instant.now();
    private final RunCounts counts = new RunCounts(() -> nanos, new ManualClock());
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

    /** A clock that shows the time of the counts. */
    private final class ManualClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return begin.plusNanos(nanos);
        }
    }

    /** Does a job, which its files have as well. */
    private void runToTheEnd(SubmittedTask job, int minutes) throws IOException {
        SampleWorkspace.begin(job.folder(), ProcessIdentity.current(), begin)
                .done(Instant.now().minus(Duration.ofMinutes(minutes)).toEpochMilli(), Map.of(), null);
        run(job, Phase.DONE, minutes);
    }

    @Test
    void words_typeOfWhichThreeAreDone_haveTheTimeLeft() throws IOException {
        List<SubmittedTask> others = List.of(submit(2), submit(3), submit(4), submit(5), submit(6), submit(7));
        runToTheEnd(task, 10);
        runToTheEnd(others.get(0), 10);
        assertThat(counts.words()).containsExactly("28 %", "2/7 done", "5 waiting");
        runToTheEnd(others.get(1), 10);

        for (SubmittedTask running : others.subList(2, 4)) {
            SampleWorkspace.begin(running.folder(), ProcessIdentity.current(), begin.plusNanos(nanos));
            counts.changed(running, Phase.RUNNING);
        }
        nanos += TimeUnit.MINUTES.toNanos(4);
        assertThat(counts.words()).containsExactly("42 %", "2 running", "16 min left", "3/7 done", "2 waiting");

        run(others.get(4), Phase.FAILED, 1);
        assertThat(counts.words())
                .containsExactly("57 %", "1 failed", "2 running", "10 min left", "3/7 done", "1 waiting");
        counts.changed(others.get(4), Phase.WAITING); // it is tried again
        nanos += TimeUnit.SECONDS.toNanos(2);
        assertThat(counts.words()).containsExactly("42 %", "2 running", "15 min left", "3/7 done", "2 waiting");
    }

    @Test
    void words_jobThatWaitsAtItsLauncher_takesItsWholeTime() throws IOException {
        List<SubmittedTask> others = List.of(submit(2), submit(3), submit(4), submit(5));
        for (SubmittedTask done : List.of(task, others.get(0), others.get(1))) {
            runToTheEnd(done, 10);
        }
        SampleWorkspace.begin(others.get(2).folder(), ProcessIdentity.current(), begin.plusNanos(nanos));
        counts.changed(others.get(2), Phase.RUNNING);
        counts.changed(others.get(3), Phase.RUNNING);
        counts.statusChanged(others.get(3), "PENDING (Priority)");
        nanos += TimeUnit.MINUTES.toNanos(9);

        assertThat(counts.words()).contains("1 running", "11 min left", "1 PENDING (Priority)");
    }

    @Test
    void text_narrowLine_keepsWholeWordsFromTheFirst() throws IOException {
        for (int i = 2; i < 98; i++) {
            submit(i);
        }
        for (SubmittedTask done : List.of(task, submit(98), submit(99))) {
            runToTheEnd(done, 200);
        }
        run(submit(100), Phase.FAILED, 0);
        SubmittedTask running = submit(101);
        counts.changed(running, Phase.RUNNING);

        assertThat(LiveText.of(counts, 39)).isEqualTo("3 %, 1 failed, 1 running, 13 days left");
        String all = "3 %, 1 failed, 1 running, 13 days left, 3/101 done, 96 waiting";
        assertThat(LiveText.of(counts, 79)).isEqualTo(all);
        assertThat(LiveText.of(counts, 84))
                .startsWith(all + " · sample.learn/")
                .endsWith("…")
                .hasSize(84);
        assertThat(LiveText.of(counts, 200)).endsWith(" · " + RunConsole.name(running));
        assertThat(LiveText.of(counts, 1)).isEqualTo("3 %");
    }
}
