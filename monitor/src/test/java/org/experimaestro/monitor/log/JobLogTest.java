package org.experimaestro.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.experimaestro.ConfigId;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobLogTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private JobFolder job;
    private Attempt attempt;

    @BeforeEach
    void begin() throws IOException {
        job = Workspace.open(folder).job("sample.learn", ConfigId.parse("00000000000000010000000000000002"));
        job.claim(ProcessIdentity.current(), "test");
        attempt = job.attempt(1);
        attempt.begin(ProcessIdentity.current(), Instant.now().toEpochMilli());
    }

    @Test
    void skipToLast_lines_countsTheUnfinishedOne() throws IOException {
        Files.writeString(job.standardOutput(1), "one\ntwo\nthree");
        assertThat(last(2)).isEqualTo("two\nthree");
        Files.writeString(job.standardOutput(1), "one\ntwo\nthree\n");
        assertThat(last(2)).isEqualTo("two\nthree\n");
        assertThat(last(3)).isEqualTo("one\ntwo\nthree\n");
        assertThat(last(99)).isEqualTo("one\ntwo\nthree\n");
        assertThat(last(0)).isEmpty();
    }

    @Test
    void skipToLast_longLines_findsTheirBeginning() throws IOException {
        String longLine = "x".repeat(200_000);
        Files.writeString(job.standardOutput(1), "first\n" + longLine + "\nlast\n");

        assertThat(last(2)).isEqualTo(longLine + "\nlast\n");
    }

    @Test
    void copyTo_manyMegabytesWithoutLineEnd_isWrittenInPieces() throws IOException {
        byte[] line = new byte[20 * 1024 * 1024];
        Files.write(job.standardOutput(1), line);
        long[] counts = new long[2];

        new JobLog(job, 1, JobLog.Part.OUTPUT).copyTo(new OutputStream() {
            @Override
            public void write(int one) {
                throw new AssertionError("one byte at a time");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                counts[0] += length;
                counts[1] = Math.max(counts[1], length);
            }
        });

        assertThat(counts[0]).isEqualTo(line.length);
        assertThat(counts[1]).isLessThanOrEqualTo(64 * 1024);
    }

    @Test
    void follow_jobThatPrintsAndEnds_hasAllInOrder() throws Exception {
        Files.writeString(job.standardOutput(1), "one\n");
        CountDownLatch seen = new CountDownLatch(1);
        OutputStream watched = new OutputStream() {
            @Override
            public void write(int one) {
                output.write(one);
                if (output.toString().endsWith("one\n")) {
                    seen.countDown();
                }
            }
        };
        try (var executor = Executors.newSingleThreadExecutor()) {
            var end = executor.submit(() -> new JobLog(job, 1, JobLog.Part.BOTH).follow(watched));
            assertThat(seen.await(2, TimeUnit.MINUTES)).isTrue();
            Files.writeString(job.standardError(1), "warning");
            Files.writeString(job.standardOutput(1), "one\ntwo\n");
            attempt.done(0, Map.of(), null);

            assertThat(end.get(2, TimeUnit.MINUTES).state()).isEqualTo(JobState.DONE);
        }
        assertThat(output.toString())
                .startsWith("==> stdout <==\none\n")
                .contains("==> stderr <==\nwarning")
                .contains("two\n");
    }

    private String last(int lines) {
        output.reset();
        JobLog log = new JobLog(job, 1, JobLog.Part.OUTPUT);
        log.skipToLast(lines);
        log.copyTo(output);
        return output.toString();
    }
}
