package org.experimaestro.engine.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.workspace.LogFile;

/** The end of a log, however long it is and whatever is in it. */
public final class LogTail {
    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_COLUMNS = 400;

    private LogTail() {}

    /**
     * The last lines of a file.
     *
     * @param file a text file
     * @param lines how many
     * @return at most that many lines, long ones cut in the middle; empty if the file cannot be read
     */
    public static List<String> of(Path file, int lines) {
        try (SeekableByteChannel channel = LogFile.open(file)) {
            long start = Math.max(0, channel.size() - MAX_BYTES);
            channel.position(start);
            ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until the end
            }
            String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
            if (text.isEmpty()) {
                return List.of();
            }
            // Not String.lines, for which a carriage return ends a line: a progress bar would be hundreds of them.
            String ended = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            List<String> all =
                    Arrays.stream(ended.split("\n", -1)).map(LogTail::visible).toList();
            int from = Math.max(0, all.size() - lines);
            return all.subList(from, all.size());
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** What a terminal would show of a line: after its last carriage return; what it would obey is shown as escapes. */
    private static String visible(String line) {
        String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        String shown = VisibleText.of(text.substring(text.lastIndexOf('\r') + 1).replace('\t', ' '));
        if (shown.length() <= MAX_COLUMNS) {
            return shown;
        }
        int half = MAX_COLUMNS / 2;
        return shown.substring(0, half) + " … " + shown.substring(shown.length() - half);
    }
}
