package org.experimaestro.engine.job;

import java.util.stream.Stream;
import org.experimaestro.spi.JobOption;
import org.experimaestro.spi.Placement;

/** The user's commands around a job's process, and options of its JVM, as text of a POSIX shell. */
public final class JobOptions {
    private JobOptions() {}

    /**
     * Returns whether a job needs a shell for its options.
     *
     * @param placement what the job was given
     * @return true if one of the options is set
     */
    public static boolean needShell(Placement placement) {
        return Stream.of(JobOption.BEFORE, JobOption.WRAPPER, JobOption.JVM)
                .anyMatch(option -> option.of(placement).isPresent());
    }

    /**
     * Returns the commands before the job. The shell ends with the exit code of the first one that fails. They may
     * change the working folder, which is the job's again afterwards.
     *
     * @param placement what the job was given
     * @return lines of a script; empty if there are none
     */
    public static String before(Placement placement) {
        return JobOption.BEFORE
                .of(placement)
                .map(commands -> "xpm_here=$PWD\nset -e\n" + commands + "\nset +e\ncd \"$xpm_here\" || exit 1\n")
                .orElse("");
    }

    /**
     * Returns the words of an option within a command.
     *
     * @param option the option
     * @param placement what the job was given
     * @return the words and a space; empty if it is not set
     */
    public static String words(JobOption option, Placement placement) {
        return option.of(placement).map(text -> text + " ").orElse("");
    }
}
