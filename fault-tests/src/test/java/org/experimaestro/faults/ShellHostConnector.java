package org.experimaestro.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.ConnectorType;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.LauncherOption;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;

/** The connector to a {@link ShellHost}, which shares the workspace. Thread-safe. */
public final class ShellHostConnector implements ConnectorType {
    private static final String TYPE = "faults";

    /** The option with the file that has the number of a process of the host. */
    private static final String PROCESS = "process";

    /** Creates the type. {@link java.util.ServiceLoader} calls it. */
    public ShellHostConnector() {}

    static ConnectorDefinition to(String host, Path process) {
        return new ConnectorDefinition(host, TYPE, new TreeMap<>(Map.of(PROCESS, process.toString())));
    }

    @Override
    public String name() {
        return TYPE;
    }

    @Override
    public List<LauncherOption> options() {
        return List.of(new LauncherOption(PROCESS, "The file with the number of a process of the host."));
    }

    @Override
    public List<String> check(Map<String, String> options) {
        return List.of();
    }

    @Override
    public Connector open(ConnectorDefinition definition) {
        try {
            long pid =
                    Long.parseLong(Files.readString(Path.of(definition.options().getOrDefault(PROCESS, ""))));
            return new Entered(definition.name(), pid);
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** Returns the shell of the host that has a process. */
    static Shell shell(long pid) {
        return new Entered("host", pid);
    }

    /** A shell in the namespaces of a host. */
    private record Entered(String name, long pid) implements Connector {
        private static final LocalShell SHELL = new LocalShell();

        @Override
        public Output run(String script, Duration limit) throws UnreachableException, InterruptedException {
            String command = String.join(" ", ShellHost.entering(pid)) + " sh -s";
            return SHELL.run(ShellText.withInput(command, ShellText.withoutInput(script)), limit);
        }

        @Override
        public HostWorkspace workspace(Path root) {
            return new Shared();
        }

        @Override
        public void close() {}
    }

    /** The files of a workspace that all hosts share. */
    private record Shared() implements HostWorkspace {
        @Override
        public String path(Path local) {
            return local.toString();
        }

        @Override
        public boolean isShared() {
            return true;
        }

        @Override
        public void send(Collection<Path> files) {}

        @Override
        public Map<Path, String> fetch(Collection<Path> jobs) {
            return Map.of();
        }

        @Override
        public Map<Path, String> fetchEnded(Collection<Path> jobs) {
            return Map.of();
        }
    }
}
