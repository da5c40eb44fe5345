package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of processes in proc(5). On the start path of a job: without lambdas and streams. */
final class ProcFile {
    static final Path FOLDER = Path.of("/proc");

    private ProcFile() {}

    /** Whether this system has such files for us. */
    static boolean isThere() {
        return Files.exists(FOLDER.resolve("self"));
    }

    /** A file, empty if it cannot be read. */
    static String text(String name) {
        try {
            return new String(Files.readAllBytes(FOLDER.resolve(name)), StandardCharsets.UTF_8);
        } catch (IOException notThere) {
            return "";
        }
    }

    /** The first line of a file, empty if it cannot be read. */
    static String line(String name) {
        String text = text(name);
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /**
     * A number of the line {@code stat} of a process.
     *
     * @param stat the line
     * @param number of the field, from 4: the fields are separated by spaces, but for the second, which may contain some
     */
    static long field(String stat, int number) {
        int at = stat.lastIndexOf(')') + 2;
        for (int field = 3; field < number; field++) {
            at = stat.indexOf(' ', at) + 1;
        }
        return Long.parseLong(stat, at, stat.indexOf(' ', at), 10);
    }
}
