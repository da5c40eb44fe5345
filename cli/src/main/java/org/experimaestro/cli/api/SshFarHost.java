package org.experimaestro.cli.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.connector.ssh.HostProgram;
import org.experimaestro.connector.ssh.SshHost;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.web.remote.FarHost;
import org.experimaestro.web.remote.FarProgram;
import org.experimaestro.web.remote.RefusedConnectionException;

/**
 * A host that is reached with ssh, and gets the jars of this program that it lacks. So the program there is of the same
 * version, and the host needs only Java. Only one thread at a time starts its program.
 */
final class SshFarHost implements FarHost {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration ALIVE_LIMIT = Duration.ofSeconds(10);

    private final SshHost host;
    private final Map<String, Path> jars;
    private final Optional<String> java;
    private final List<String> arguments;
    private boolean hasStarted;

    /**
     * Creates a host without a connection.
     *
     * @param host the host, which is closed with this one
     * @param jars the jars of this program by their names on hosts
     * @param java the only Java that may be used; empty for the usual places
     * @param arguments the arguments of {@link FarMain}
     */
    SshFarHost(SshHost host, Map<String, Path> jars, Optional<String> java, List<String> arguments) {
        this.host = host;
        this.jars = jars;
        this.java = java;
        this.arguments = List.copyOf(arguments);
    }

    @Override
    public String name() {
        return host.name();
    }

    /** The parts of the host that a start needs. */
    private record Prepared(String java, String folder) {}

    @Override
    public FarProgram start() throws IOException, InterruptedException {
        try {
            if (!hasStarted) {
                host.logIn();
            } else if (!isConnected()) {
                host.drop();
            }
            Prepared prepared = prepare();
            HostProgram program =
                    host.start(HostScripts.start(prepared.java(), prepared.folder(), jars.keySet(), arguments));
            hasStarted = true;
            return new SshProgram(program);
        } catch (UnreachableException failed) {
            throw failed.isPermanent()
                    ? new RefusedConnectionException(String.valueOf(failed.getMessage()))
                    : new IOException(failed.getMessage(), failed);
        } catch (RefusedException full) {
            throw new IOException(full.getMessage(), full);
        }
    }

    /**
     * Returns whether the connection itself is there. Where only the program has ended, it is kept: a new one could need
     * a password, for which nobody is asked now.
     */
    private boolean isConnected() throws InterruptedException {
        try {
            return host.run(":", ALIVE_LIMIT).isSuccess();
        } catch (UnreachableException lost) {
            return false;
        }
    }

    private Prepared prepare() throws IOException, UnreachableException, RefusedException, InterruptedException {
        Shell.Output output = host.run(HostScripts.look(jars.keySet(), java), LIMIT);
        if (!output.isSuccess()) {
            throw new RefusedException("Cannot prepare " + name() + ": " + output.complaint());
        }
        String folder = value(output, HostScripts.FOLDER)
                .orElseThrow(() -> new RefusedException("Cannot prepare " + name() + ": " + output.words()));
        String found = value(output, HostScripts.FOUND).orElseThrow(() -> withoutJava(output));
        Map<String, Path> missing = new LinkedHashMap<>(jars);
        missing.keySet()
                .retainAll(output.out()
                        .lines()
                        .filter(line -> line.startsWith(HostScripts.MISSING))
                        .map(line -> line.substring(HostScripts.MISSING.length()))
                        .toList());
        if (!missing.isEmpty()) {
            ProgramJars.requireUnchanged(missing);
            host.send(folder, missing);
        }
        return new Prepared(found, folder);
    }

    private static Optional<String> value(Shell.Output output, String key) {
        return output.out()
                .lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()))
                .findFirst();
    }

    private RefusedConnectionException withoutJava(Shell.Output output) {
        String places = java.map(home -> "in " + home).orElse("in the usual places");
        String found = value(output, HostScripts.TOO_OLD)
                .filter(text -> !text.isBlank())
                .orElse("none " + places);
        return new RefusedConnectionException("Cannot read the workspace on " + name() + ": it needs Java "
                + HostScripts.JAVA + " or newer there, found " + found
                + "; install one, or name its folder there with --ssh-java");
    }

    @Override
    public int forward(int port) throws IOException, InterruptedException {
        try {
            return host.forward(port);
        } catch (UnreachableException | RefusedException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
    }

    @Override
    public void endForward(int port) throws InterruptedException {
        host.endForward(port);
    }

    @Override
    public void close() {
        host.close();
    }

    /** The program of the far end. */
    private record SshProgram(HostProgram program) implements FarProgram {
        @Override
        public InputStream output() {
            return program.output();
        }

        @Override
        public OutputStream input() {
            return program.input();
        }

        @Override
        public String end() {
            return String.valueOf(program.end().getMessage());
        }

        @Override
        public void close() {
            program.close();
        }
    }
}
