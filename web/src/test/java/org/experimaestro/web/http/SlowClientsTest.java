package org.experimaestro.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that reads slowly gets a large answer whole; one that takes nothing is cut. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SlowClientsTest {
    private static final Duration MOST = Duration.ofMillis(500);
    private static final int SIZE = 24 * 1024 * 1024;

    private final SlowClients clients = SlowClients.start(MOST);
    private SocketChannel reader;
    private SocketChannel writer;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            reader = SocketChannel.open(listening.getLocalAddress());
            writer = listening.accept();
        }
    }

    @AfterEach
    void close() throws IOException {
        reader.close();
        writer.close();
        clients.close();
    }

    @Test
    void answer_thatIsReadSlowly_comesWhole() throws Exception {
        CompletableFuture<Duration> written = write();
        InputStream in = Channels.newInputStream(reader);
        byte[] piece = new byte[64 * 1024];
        long read = 0;
        while (read < SIZE) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            int count = in.read(piece);
            assertThat(count).isPositive();
            read += count;
        }

        assertThat(written.get()).isGreaterThan(MOST);
    }

    @Test
    void answer_thatNobodyTakes_isCut() {
        CompletableFuture<Duration> written = write();

        assertThatThrownBy(written::get).hasCauseInstanceOf(IOException.class);
    }

    /** Writes a large answer at once, and returns the time that this has taken. */
    private CompletableFuture<Duration> write() {
        CompletableFuture<Duration> written = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            long begun = System.nanoTime();
            try (OutputStream out = clients.watched(Channels.newOutputStream(writer))) {
                out.write(new byte[SIZE]);
                written.complete(Duration.ofNanos(System.nanoTime() - begun));
            } catch (IOException cut) {
                written.completeExceptionally(cut);
            }
        });
        return written;
    }
}
