package org.experimaestro.spi;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** A shell of this machine: it runs {@code sh} in the environment and the folder of this process. Thread-safe. */
public final class LocalShell implements Shell {

    /** Creates a shell of this machine. */
    public LocalShell() {}

    /**
     * Runs a script. Its commands have no standard input. The run ends when all processes that can write to its
     * outputs have ended, including background processes. Give such a process outputs of its own. After the limit,
     * the script is killed with the processes that it has started.
     *
     * @throws UnreachableException if {@code sh} cannot be started, the script takes longer, or it prints more than
     *     {@value CommandRun#LARGEST_TEXT} bytes
     */
    @Override
    public Output run(String script, Duration limit) throws UnreachableException, InterruptedException {
        try {
            CommandRun.Result<String> result = CommandRun.run(
                    new ProcessBuilder("sh", "-s"),
                    CommandRun.text(ShellText.withoutInput(script)),
                    CommandRun::readText,
                    limit);
            return new Output(result.exitCode(), result.out(), result.err());
        } catch (TimeoutException late) {
            throw new UnreachableException(
                    "A script on this machine took longer than " + limit.toMillis() + " ms: "
                            + ShellText.firstLine(script),
                    late);
        } catch (IOException failed) {
            throw new UnreachableException("Cannot run a script on this machine: " + failed.getMessage(), failed);
        }
    }
}
