package org.experimaestro.engine.batch;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.HostFolder;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.LocalShell;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;
import org.jspecify.annotations.Nullable;

/** The host that has a batch system's commands: this machine, or the host of a connector. Thread-safe. */
final class Host implements AutoCloseable {
    private final Shell shell;
    private final @Nullable Connector connector;
    private final FirstContact contact;
    private final Map<Path, HostWorkspace> workspaces = new ConcurrentHashMap<>();

    private Host(Shell shell, @Nullable Connector connector, FirstContact contact) {
        this.shell = shell;
        this.connector = connector;
        this.contact = contact;
    }

    static Host here() {
        return new Host(new LocalShell(), null, new FirstContact(RunClock.SYSTEM));
    }

    /**
     * The host of a connector.
     *
     * @param clock tells how long it has not answered
     */
    static Host of(Connector connector, RunClock clock) {
        FirstContact contact = new FirstContact(clock);
        Shell shell = (script, limit) -> {
            try {
                Shell.Output output = connector.run(script, limit);
                contact.answered();
                return output;
            } catch (UnreachableException failure) {
                throw contact.failed(failure);
            }
        };
        return new Host(shell, connector, contact);
    }

    /** Returns the name of a launcher of this host for messages. */
    String nameOf(String launcher) {
        return connector == null ? launcher : launcher + " on " + connector.name();
    }

    Shell shell() {
        return shell;
    }

    /**
     * Returns a folder of the host.
     *
     * @param path an absolute path there
     */
    HostFolder folder(String path) throws UnreachableException, RefusedException, InterruptedException {
        if (connector == null) {
            throw new IllegalStateException("The files of this machine need no connector");
        }
        return connector.folder(path, false);
    }

    HostWorkspace workspace(Path root) throws UnreachableException, RefusedException, InterruptedException {
        HostWorkspace known = workspaces.get(root);
        if (known == null) {
            known = connector == null ? new Same() : open(connector, root);
            workspaces.put(root, known);
        }
        return known;
    }

    private HostWorkspace open(Connector other, Path root)
            throws UnreachableException, RefusedException, InterruptedException {
        try {
            HostWorkspace workspace = other.workspace(root);
            contact.answered();
            return workspace;
        } catch (UnreachableException failure) {
            throw contact.failed(failure);
        }
    }

    @Override
    public void close() {
        if (connector != null) {
            connector.close();
        }
    }

    /** The workspace of this machine. */
    private static final class Same implements HostWorkspace {
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
