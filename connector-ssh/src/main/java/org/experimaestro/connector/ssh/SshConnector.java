package org.experimaestro.connector.ssh;

import java.nio.file.Path;
import java.time.Duration;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.HostFolder;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;

/** A connector to a host that is reached with ssh(1). Thread-safe. */
final class SshConnector implements Connector {
    private final SshOptions options;
    private final SshTransport transport;
    private final RemoteShell shell;

    SshConnector(SshOptions options) {
        this.options = options;
        this.transport = new SshTransport(options, false);
        this.shell = new RemoteShell(transport);
    }

    @Override
    public String name() {
        return transport.name();
    }

    @Override
    public Output run(String script, Duration limit) throws UnreachableException, InterruptedException {
        return shell.run(script, limit);
    }

    @Override
    public HostWorkspace workspace(Path root) throws UnreachableException, RefusedException, InterruptedException {
        return switch (options.sharing()) {
            case SshOptions.Sharing.Shared shared -> SharedWorkspace.open(shell, root, shared);
            case SshOptions.Sharing.Copied copied -> CopiedWorkspace.open(shell, root, copied.folder());
        };
    }

    @Override
    public HostFolder folder(String path, boolean make)
            throws UnreachableException, RefusedException, InterruptedException {
        return SshFolder.open(shell, path, make);
    }

    @Override
    public void close() {
        transport.close();
    }
}
