package org.experimaestro.base.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that starts another one in a session of its own (setsid(2)): Ctrl-C in the plan's terminal does not reach
 * it, and it outlives the plan.
 */
public final class SessionCommand {
    /** The replacement on macOS, which has no {@code setsid} command, but a Perl that calls the function. */
    private static final String PERL = "use POSIX; POSIX::setsid(); exec {$ARGV[0]} @ARGV or die \"$ARGV[0]: $!\"";

    private static final List<String> PREFIX = prefix();

    private SessionCommand() {}

    /**
     * Returns the command that starts another one in a session.
     *
     * @param command the words of the other command
     * @return its words; the same where the system has no means for it
     */
    public static List<String> of(List<String> command) {
        List<String> inSession = new ArrayList<>(PREFIX);
        inSession.addAll(command);
        return inSession;
    }

    /**
     * Returns whether a command gets a session of its own, and so a process group of its own.
     *
     * @return false where the system has no means for it
     */
    public static boolean makesSession() {
        return !PREFIX.isEmpty();
    }

    private static List<String> prefix() {
        if (isOnPath("setsid")) {
            return List.of("setsid");
        }
        if (isOnPath("perl")) {
            return List.of("perl", "-e", PERL);
        }
        System.getLogger(SessionCommand.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "Neither setsid nor perl is on the PATH: what this process starts will not outlive it");
        return List.of();
    }

    private static boolean isOnPath(String name) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
                return true;
            }
        }
        return false;
    }
}
