package org.experimaestro.web.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The beats by which each side notices that the other one has silently gone. */
@Timeout(60)
class FrameStreamsTest {
    private static final Duration BEAT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMillis(500);

    private final BytePipe there = new BytePipe();
    private final BytePipe back = new BytePipe();
    private final FrameStreams one = new FrameStreams(back.input(), there.output());
    private final FrameStreams other = new FrameStreams(there.input(), back.output());

    @Test
    void beat_otherSideThatBeats_goesOnUntilItIsSilent() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> other.beatUntilSilent(BEAT, Duration.ofDays(1)));
            threads.submit(() -> readAll(one));
            Future<String> end = threads.submit(() -> one.beatUntilSilent(BEAT, LONG));
            Thread.sleep(3 * LONG.toMillis());
            assertThat(end.isDone()).isFalse();

            back.lose();

            assertThat(end.get()).startsWith("nothing has come for");
            there.cut();
            back.cut();
            threads.shutdownNow();
        }
    }

    private static int readAll(FrameStreams streams) throws IOException {
        int count = 0;
        while (streams.read().isPresent()) {
            count++;
        }
        return count;
    }

    @Test
    void beat_otherSideThatHasClosed_endsWithoutAReason() throws Exception {
        there.cut();

        assertThat(one.beatUntilSilent(BEAT, LONG)).isEmpty();
    }
}
