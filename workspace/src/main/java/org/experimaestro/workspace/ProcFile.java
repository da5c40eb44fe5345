package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of Linux about processes, proc(5). The code is on the start path of a job: it has no lambdas and no
 * streams.
 */
final class ProcFile {
    static final Path FOLDER = Path.of("/proc");

    private ProcFile() {}

    /** Returns whether this system has such files. */
    static boolean isThere() {
        return Files.exists(FOLDER.resolve("self"));
    }

    /** Returns the text of a file; empty if it cannot be read. */
    static String text(String name) {
        try {
            return new String(Files.readAllBytes(FOLDER.resolve(name)), StandardCharsets.UTF_8);
        } catch (IOException notThere) {
            return "";
        }
    }

    /** Returns the first line of a file; empty if it cannot be read. */
    static String line(String name) {
        String text = text(name);
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /**
     * Returns a numeric field of the line {@code stat} of a process.
     *
     * @param stat the line, in which spaces separate the fields; the second field, in parentheses, may contain spaces
     * @param number the number of the field, from 4, as in proc_pid_stat(5)
     */
    static long field(String stat, int number) {
        int at = stat.lastIndexOf(')') + 2;
        for (int field = 3; field < number; field++) {
            at = stat.indexOf(' ', at) + 1;
        }
        return Long.parseLong(stat, at, stat.indexOf(' ', at), 10);
    }
}
