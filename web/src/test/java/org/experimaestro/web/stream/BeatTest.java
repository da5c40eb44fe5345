package org.experimaestro.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.experimaestro.web.WrittenWorkspace;
import org.experimaestro.web.http.Query;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stream beats while its answers take long, so that its client does not believe it to be lost. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BeatTest {
    @TempDir
    Path folder;

    private final CountDownLatch opening = new CountDownLatch(1);

    @Test
    void beats_whileTheFirstAnswerTakesLong_goOnWithoutATime() throws IOException, InterruptedException {
        WrittenWorkspace written = new WrittenWorkspace(folder);
        CountDownLatch ended = new CountDownLatch(1);
        try (LiveWorkspace workspace = LiveWorkspace.open(
                        () -> {
                            await(opening);
                            return written.monitored();
                        },
                        Clock.systemUTC());
                PipedInputStream in = new PipedInputStream();
                OutputStream out = new PipedOutputStream(in)) {
            LiveStream stream = new LiveStream(
                    workspace,
                    new LiveAnswers(workspace),
                    List.of(new LiveQuestion(List.of("workspace"), Query.NONE)),
                    "test",
                    Duration.ofMillis(20),
                    ended::countDown);
            Thread.ofVirtual().start(() -> write(stream, out));
            BufferedReader events = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));

            for (int beat = 0; beat < 3; beat++) {
                assertThat(events.readLine()).isEqualTo("event: beat");
                assertThat(events.readLine()).isEqualTo("data: {\"version\":0,\"program\":\"test\"}");
                assertThat(events.readLine()).isEmpty();
            }
            opening.countDown();

            String line = events.readLine();
            while (!line.startsWith("data: {\"at\"")) {
                line = events.readLine();
            }
            workspace.close();
            while (line != null) {
                line = events.readLine();
            }
            ended.await();
        }
    }

    private static void write(LiveStream stream, OutputStream out) {
        try (stream;
                out) {
            stream.writeTo(out);
        } catch (IOException closed) {
            throw new AssertionError(closed);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            throw new AssertionError(ended);
        }
    }
}
