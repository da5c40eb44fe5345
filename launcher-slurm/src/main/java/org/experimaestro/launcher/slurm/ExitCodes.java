package org.experimaestro.launcher.slurm;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reader of exit codes as Slurm prints them: {@code code:signal} by sacct, the status of wait(2) by squeue. */
final class ExitCodes {
    /** The greatest number of a signal; Slurm uses 125 for "out of memory". */
    private static final int LAST_SIGNAL = 64;

    /** The exit of slurmstepd, in the form of a signal, if it cannot open the file for the output. */
    static final int NO_OUTPUT_FILE = 53;

    private static final Pattern PAIR = Pattern.compile("(\\d{1,5}):(\\d{1,5})");
    private static final Pattern STATUS = Pattern.compile("\\d{1,9}");

    private ExitCodes() {}

    /** Returns the exit code, 128 + n for signal n; empty if the text has none. */
    static OptionalInt parse(String text) {
        Matcher pair = PAIR.matcher(text);
        if (pair.matches()) {
            return exitCode(Integer.parseInt(pair.group(1)), Integer.parseInt(pair.group(2)));
        }
        if (STATUS.matcher(text).matches()) {
            int status = Integer.parseInt(text);
            return exitCode(status >> 8 & 0xff, status & 0x7f);
        }
        return OptionalInt.empty();
    }

    /** Returns whether the exit code means that the file for the output could not be opened. */
    static boolean isWithoutOutputFile(String text) {
        return text.equals("0:" + NO_OUTPUT_FILE) || text.equals(Integer.toString(NO_OUTPUT_FILE));
    }

    private static OptionalInt exitCode(int code, int signal) {
        if (signal > LAST_SIGNAL) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(signal == 0 ? code : 128 + signal);
    }
}
