package org.experimaestro.launcher.slurm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.experimaestro.spi.Shell;

/** What it means when one of Slurm's commands fails. */
final class SlurmAnswers {
    /** The shell's exit code for a command that it does not find. */
    private static final int NOT_FOUND = 127;

    /** Parts of complaints, in small letters, after which to ask again may bring another answer. */
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
            // How many jobs may be in the queue at one time: there is room when others have ended.
            "submitjob",
            "submit job limit",
            "maxjobcount",
            "maximum job count");

    private SlurmAnswers() {}

    /** Whether the complaint is about now, and not about the request. */
    static boolean isTemporary(Shell.Output output) {
        String words = (output.err() + "\n" + output.out()).toLowerCase(Locale.ROOT);
        return TEMPORARY.stream().anyMatch(words::contains);
    }

    /** Whether the command itself is not there. */
    static boolean isMissing(Shell.Output output) {
        return output.exitCode() == NOT_FOUND;
    }

    /** Whether squeue complains that it does not know the only job that it was asked for. */
    static boolean isUnknownJob(Shell.Output output) {
        return output.err().contains("Invalid job id specified");
    }

    /** Whether the site keeps no accounts of jobs. */
    static boolean isWithoutAccounting(Shell.Output output) {
        return isMissing(output) || output.err().toLowerCase(Locale.ROOT).contains("accounting storage is disabled");
    }

    /** What is left of a complaint of scancel without the jobs that are over already. */
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
