package org.experimaestro.runtime.program;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream of bytes in UTF-8, each given to a method. A line that the method refuses is reported on
 * the standard error, and does not fail the job. Confined to one thread, except for {@link #failure}.
 */
abstract class LineSplitter {
    /** Longer lines are left out. */
    private static final int LONGEST = 1 << 16;

    private static final int MOST_WARNINGS = 10;
    private static final int LONGEST_SHOWN = 200;

    private final String source;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;
    private int warnings;
    private volatile @Nullable RuntimeException failure;

    /**
     * Creates a splitter.
     *
     * @param source the place of the lines, for warnings
     */
    LineSplitter(String source) {
        this.source = source;
    }

    /** Takes a line; an {@code IllegalArgumentException} says why it refuses the line. */
    abstract void tell(String text);

    /** Takes the next bytes. */
    final void add(byte[] bytes, int length) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, start, i);
                end();
                start = i + 1;
            }
        }
        keep(bytes, start, length);
    }

    private void keep(byte[] bytes, int start, int end) {
        if (line.size() + end - start > LONGEST) {
            tooLong = true;
        } else {
            line.write(bytes, start, end - start);
        }
    }

    /** Takes the end of a line, or of the stream. */
    final void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (tooLong) {
            tooLong = false;
            return;
        }
        try {
            tell(text);
        } catch (IllegalArgumentException refused) {
            warn(text, String.valueOf(refused.getMessage()));
        } catch (RuntimeException failed) {
            if (failure == null) {
                failure = failed;
            }
        }
    }

    private void warn(String text, String reason) {
        warnings++;
        if (warnings <= MOST_WARNINGS) {
            String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
            System.err.println("Cannot record a line of " + source + ": " + reason + "; the line is: " + shown
                    + (warnings == MOST_WARNINGS ? " (further lines are not reported)" : ""));
        }
    }

    /** Returns the first failure to record a line, such as a full disk; {@code null} if there is none. */
    final @Nullable RuntimeException failure() {
        return failure;
    }
}
