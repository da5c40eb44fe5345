package org.experimaestro.core.host;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;

/** A runner of the system's own commands. Thread-safe. */
public final class SystemQuery implements HostIdentity.Query {

    /** Creates a runner of the commands of this machine. */
    public SystemQuery() {}

    /**
     * Returns the first line that a command prints.
     *
     * @param command the command and its arguments
     * @return the line; empty if there is no such command, or it fails
     */
    @Override
    public String line(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader reader = process.inputReader()) {
                String line = reader.readLine();
                return line == null ? "" : line.strip();
            }
        } catch (IOException noSuchCommand) {
            return "";
        }
    }
}
