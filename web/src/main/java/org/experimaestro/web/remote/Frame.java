package org.experimaestro.web.remote;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A piece of what two programs say over one stream: a byte with its kind, the number of the answer that it belongs to,
 * and the length of its content, both in four bytes, then the content. Immutable.
 */
final class Frame {
    /** The most bytes of a content. A request has 64 kB of body at most. */
    static final int MOST_CONTENT = 1 << 20;

    private static final byte[] NOTHING = {};

    private final FrameKind kind;
    private final int answer;
    private final byte[] content;

    private Frame(FrameKind kind, int answer, byte[] content) {
        this.kind = kind;
        this.answer = answer;
        this.content = content;
    }

    /** Creates a frame without content. */
    static Frame of(FrameKind kind, int answer) {
        return new Frame(kind, answer, NOTHING);
    }

    /** Creates a frame with a text. */
    static Frame of(FrameKind kind, int answer, String text) {
        return new Frame(kind, answer, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Creates a frame with a number. */
    static Frame of(FrameKind kind, int answer, int number) {
        return new Frame(
                kind, answer, ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    /** Creates a frame with bytes, which nobody changes any more. */
    static Frame of(FrameKind kind, int answer, byte[] bytes) {
        return new Frame(kind, answer, bytes);
    }

    FrameKind kind() {
        return kind;
    }

    /** Returns the number of the answer; 0 if the frame belongs to none. */
    int answer() {
        return answer;
    }

    /** Returns the content, which nobody may change. */
    byte[] bytes() {
        return content;
    }

    String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /**
     * Returns the content as a number.
     *
     * @throws IOException if it is none
     */
    int number() throws IOException {
        if (content.length != Integer.BYTES) {
            throw new IOException("a frame has " + content.length + " bytes, expected a number of four");
        }
        return ByteBuffer.wrap(content).getInt();
    }

    /**
     * Reads a frame.
     *
     * @return the frame; empty at the end of the stream
     * @throws EOFException if the stream ends within a frame
     * @throws IOException if the bytes are no frame, or cannot be read
     */
    static Optional<Frame> read(DataInputStream in) throws IOException {
        int number = in.read();
        if (number < 0) {
            return Optional.empty();
        }
        Optional<FrameKind> kind = FrameKind.of(number);
        int answer = in.readInt();
        int length = in.readInt();
        if (kind.isEmpty() || length < 0 || length > MOST_CONTENT) {
            throw new IOException("no frame begins with " + number + " and " + length + " bytes");
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("the stream ends within a frame");
        }
        return Optional.of(new Frame(kind.get(), answer, content));
    }

    /** Writes the frame, without flushing the stream. */
    void write(DataOutputStream out) throws IOException {
        if (content.length > MOST_CONTENT) {
            throw new IOException("a frame of " + content.length + " bytes is too long");
        }
        out.writeByte(kind.number());
        out.writeInt(answer);
        out.writeInt(content.length);
        out.write(content);
    }
}
