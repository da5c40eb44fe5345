package org.experimaestro.spi;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A shell of one host, which runs scripts. Thread-safe. */
@FunctionalInterface
public interface Shell {

    /**
     * The output and the exit code of a script.
     *
     * @param exitCode its exit code; 128 + n if it was ended by signal n
     * @param out its standard output
     * @param err its standard error
     */
    record Output(int exitCode, String out, String err) {
        private static final int WORDS = 1_000;
        private static final Pattern LINE_END = Pattern.compile("\\R");
        private static final Pattern COLORS = Pattern.compile("\\x1b\\[[0-9;]*[A-Za-z]");

        /**
         * Returns whether the script succeeded.
         *
         * @return true if the exit code is 0
         */
        public boolean isSuccess() {
            return exitCode == 0;
        }

        /**
         * Returns the script's error message, in one line.
         *
         * @return the lines of standard error, or else of standard output, joined by {@code " | "}; never empty
         */
        public String complaint() {
            String complaint = oneLine(err);
            complaint = complaint.isEmpty() ? oneLine(out) : complaint;
            return complaint.isEmpty() ? "exit code " + exitCode : complaint;
        }

        /**
         * Returns the whole output of the script, in one line.
         *
         * @return the lines of standard output and of standard error, joined by {@code " | "}, at most 1,000
         *     characters; {@code "nothing"} if there are none
         */
        public String words() {
            String line = oneLine(out + "\n" + err);
            if (line.isEmpty()) {
                return "nothing";
            }
            return line.length() <= WORDS ? line : line.substring(0, WORDS) + "…";
        }

        /**
         * Returns a text without a terminal's colors.
         *
         * @param text the output of a command
         * @return the text without escape sequences
         */
        public static String withoutColors(String text) {
            return COLORS.matcher(text).replaceAll("");
        }

        /**
         * Returns the lines of standard error, without blank lines and without a terminal's colors.
         *
         * @return the lines, stripped
         */
        public List<String> errorLines() {
            return LINE_END.splitAsStream(withoutColors(err))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }

        /**
         * Returns a text in one line.
         *
         * @param text the output of a command
         * @return its lines without blank lines, joined by {@code " | "}
         */
        public static String oneLine(String text) {
            return LINE_END.splitAsStream(text)
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.joining(" | "));
        }
    }

    /**
     * Runs a script. Blocks until its end. An exit code other than 0 is not an error of this method.
     *
     * @param script commands for a POSIX shell ({@code sh}), of any length
     * @param limit the longest time that it may take
     * @return its output
     * @throws UnreachableException if the host cannot be reached, or the script takes longer; it is unknown whether
     *     the script ran
     * @throws InterruptedException if this thread is interrupted
     */
    Output run(String script, Duration limit) throws UnreachableException, InterruptedException;
}
