package org.experimaestro.workspace;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.jspecify.annotations.Nullable;

/**
 * A connection between a run and one of its workers, over a Unix domain socket (JEP 380). One thread may send while another
 * one receives; each of the two is confined to one thread at a time.
 *
 * <p>The code is on the path of a job: without lambdas and streams.
 */
public final class WorkerConnection implements Closeable {
    /** The most bytes of a line, so that a broken peer cannot fill the memory: 16 MiB, for long class paths. */
    private static final int LONGEST_LINE = 16 << 20;

    private static final int FIRST_BYTES = 4096;

    private final SocketChannel channel;
    private byte[] line = new byte[FIRST_BYTES];
    private int length;
    private final ByteBuffer received = ByteBuffer.allocateDirect(FIRST_BYTES).limit(0);

    /**
     * Creates a connection.
     *
     * @param channel the channel of an accepted or connected socket, in blocking mode
     */
    public WorkerConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects to a run.
     *
     * @param socket the path of the socket on which the run listens
     * @return the connection
     * @throws IOException if nobody listens there, or the user may not connect
     */
    public static WorkerConnection open(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new WorkerConnection(channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /**
     * Sends a message, with one write.
     *
     * @param message the message
     * @throws IOException if the other end is closed, or this thread is interrupted, which closes the connection
     */
    public void send(WorkerMessage message) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((Json.writeLine(message.toJson()) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Waits for the next message.
     *
     * @return the message; {@code null} if the other end is closed, also in the middle of a line
     * @throws IOException if the connection is broken, a line is longer than 16 MiB, or this thread is interrupted, which
     *     closes the connection
     * @throws JsonException if a line is no message
     */
    public @Nullable WorkerMessage receive() throws IOException {
        length = 0;
        while (true) {
            while (received.hasRemaining()) {
                byte next = received.get();
                if (next == '\n') {
                    return WorkerMessage.of(JsonFile.parse(Arrays.copyOf(line, length), "a message"));
                }
                append(next);
            }
            received.clear();
            int count = channel.read(received);
            received.flip();
            if (count < 0) {
                received.limit(0);
                return null;
            }
        }
    }

    private void append(byte next) throws IOException {
        if (length == line.length) {
            if (length >= LONGEST_LINE) {
                throw new IOException("A message has more than " + LONGEST_LINE + " bytes");
            }
            line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = next;
    }

    /** Closes the connection. The other end receives {@code null}. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
