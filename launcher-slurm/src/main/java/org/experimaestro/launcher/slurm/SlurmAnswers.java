package org.experimaestro.launcher.slurm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.experimaestro.spi.Shell;

/** A classifier of the failures of Slurm's commands. */
final class SlurmAnswers {
    /** The shell's exit code for a command that it does not find. */
    private static final int NOT_FOUND = 127;

    /** Parts of messages, in lower case, after which a second try may succeed. */
    private static final List<String> TEMPORARY = List.of(
            "unable to contact slurm controller",
            "unable to contact the controller",
            "unable to establish controller",
            "unable to establish connection",
            "unable to connect to database",
            "unable to contact slurm database",
            "unable to resolve",
            "could not resolve",
            "name or service not known",
            "socket timed out",
            "timed out",
            "connection refused",
            "connection reset",
            "connection failure",
            "no route to host",
            "network is unreachable",
            "not connected",
            "not responding",
            "zero bytes were transmitted",
            "communication connection failure",
            "communication shutdown failure",
            "message receive failure",
            "message send failure",
            "unspecified error",
            "temporarily",
            "standby mode",
            "shutting down",
            "in recovery",
            "failed to connect to munge",
            "munge encode failed",
            "munge decode failed",
            "protocol authentication error",
            "rate limit",
            "backoff",
            "cannot allocate memory",
            "cannot fork",
            "can't fork",
            // The limit of jobs in the queue at one time: there is room when others have ended.
            "submitjob",
            "submit job limit",
            "maxjobcount",
            "maximum job count");

    private SlurmAnswers() {}

    /** Returns whether the failure is temporary, and not a fault of the request. */
    static boolean isTemporary(Shell.Output output) {
        String words = (output.err() + "\n" + output.out()).toLowerCase(Locale.ROOT);
        return TEMPORARY.stream().anyMatch(words::contains);
    }

    /** Returns whether the command does not exist. */
    static boolean isMissing(Shell.Output output) {
        return output.exitCode() == NOT_FOUND;
    }

    /** Returns whether squeue reports that its only job is unknown. */
    static boolean isUnknownJob(Shell.Output output) {
        return output.err().contains("Invalid job id specified");
    }

    /** Returns whether the site keeps no accounts of jobs. */
    static boolean isWithoutAccounting(Shell.Output output) {
        return isMissing(output) || output.err().toLowerCase(Locale.ROOT).contains("accounting storage is disabled");
    }

    /** Returns the messages of scancel without those about jobs that have ended already. */
    static Optional<String> realComplaints(Shell.Output output) {
        List<String> lines = output.err()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty()
                        && !line.contains("Invalid job id specified")
                        && !line.contains("already completing or completed")
                        && !line.contains("Job/step already"))
                .toList();
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(" | ", lines));
    }
}
