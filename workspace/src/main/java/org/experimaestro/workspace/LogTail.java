package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.experimaestro.base.text.VisibleText;

/** The end of a log, whatever the log's size and content. */
public final class LogTail {
    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_COLUMNS = 400;

    private LogTail() {}

    /**
     * Returns the last lines of a file, from its last 16 KiB.
     *
     * @param file a text file
     * @param lines the largest number of lines
     * @return the lines, of which long ones are cut in the middle; empty if the file cannot be read
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
            // String.lines would end a line at each carriage return, so that a progress bar would be hundreds of lines.
            String ended = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            List<String> all =
                    Arrays.stream(ended.split("\n", -1)).map(LogTail::visible).toList();
            int from = Math.max(0, all.size() - lines);
            return all.subList(from, all.size());
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /**
     * Returns the text that a terminal shows of a line: after its last carriage return, with control characters as
     * escapes.
     */
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
