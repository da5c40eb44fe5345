package org.experimaestro.browser;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.disturbance.program.Running;
import org.experimaestro.disturbance.program.TestProgram;

/**
 * A server of the page in a process of its own.
 *
 * @param process the process
 * @param address the address that it has printed, which opens the page once
 */
record Monitor(Running process, String address) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern PAGE = Pattern.compile("Page: +(http\\S+)");

    /** Starts the server of a workspace at a free port. */
    static Monitor of(TestProgram program, Path workspace, String... more) {
        List<String> command =
                new ArrayList<>(List.of("monitor", "--web", "--port", "0", "--workdir", workspace.toString()));
        command.addAll(List.of(more));
        return of(program.start(command.toArray(String[]::new)));
    }

    /** Returns the server that a process has within it, as that of a run does. */
    static Monitor of(Running process) {
        try {
            process.awaitText("Page: ", PATIENCE);
            Matcher page = PAGE.matcher(process.out() + process.err());
            if (!page.find()) {
                throw new AssertionError("No address is printed by " + process);
            }
            return new Monitor(process, page.group(1));
        } catch (RuntimeException | Error failure) {
            process.close();
            throw failure;
        }
    }

    /** Returns the address of a view, to be opened after the printed one. */
    String view(String path) {
        return address.replaceFirst("(http://[^/]+).*", "$1") + path;
    }

    @Override
    public void close() {
        process.close();
    }
}
