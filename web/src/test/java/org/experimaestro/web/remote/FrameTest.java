package org.experimaestro.web.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames are read as they were written, and a stream that is cut anywhere never gives another frame. */
class FrameTest {
    private static final Random RANDOM = new Random(7);

    private static Frame random() {
        byte[] content = new byte[RANDOM.nextInt(40)];
        RANDOM.nextBytes(content);
        FrameKind[] kinds = FrameKind.values();
        return Frame.of(kinds[RANDOM.nextInt(kinds.length)], RANDOM.nextInt(), content);
    }

    private static byte[] written(List<Frame> frames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            frame.write(new DataOutputStream(bytes));
        }
        return bytes.toByteArray();
    }

    private static String text(Frame frame) {
        return frame.kind() + " " + frame.answer() + " " + Arrays.toString(frame.bytes());
    }

    private static DataInputStream stream(byte[] bytes, int length) {
        return new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
    }

    @Test
    void read_framesCutAtEachByte_areThoseBeforeTheCut() throws IOException {
        List<Frame> frames = new ArrayList<>();
        List<Integer> ends = new ArrayList<>(List.of(0));
        for (int i = 0; i < 50; i++) {
            frames.add(random());
            ends.add(written(frames).length);
        }
        byte[] bytes = written(frames);
        for (int length = 0; length <= bytes.length; length++) {
            DataInputStream in = stream(bytes, length);
            int whole = 0;
            while (ends.size() > whole + 1 && ends.get(whole + 1) <= length) {
                assertThat(Frame.read(in).map(FrameTest::text)).contains(text(frames.get(whole)));
                whole++;
            }
            if (ends.get(whole) == length) {
                assertThat(Frame.read(in)).isEqualTo(Optional.empty());
            } else {
                assertThatThrownBy(() -> Frame.read(in)).as("cut at " + length).isInstanceOf(EOFException.class);
            }
        }
    }

    @Test
    void read_bytesThatAreNoFrame_areRefusedWithoutMemory() {
        for (int[] head : new int[][] {{FrameKind.values().length, 0}, {1, -1}, {1, Integer.MAX_VALUE}, {255, 1}}) {
            byte[] bytes = new byte[9];
            bytes[0] = (byte) head[0];
            for (int i = 0; i < 4; i++) {
                bytes[5 + i] = (byte) (head[1] >>> (24 - 8 * i));
            }
            assertThatThrownBy(() -> Frame.read(stream(bytes, 9))).hasMessageStartingWith("no frame begins with");
        }
    }

    @Test
    void number_ofOtherContent_isRefused() throws IOException {
        assertThat(Frame.of(FrameKind.TAKEN, 1, 70_000).number()).isEqualTo(70_000);
        assertThatThrownBy(() -> Frame.of(FrameKind.TAKEN, 1, "x").number()).isInstanceOf(IOException.class);
    }
}
