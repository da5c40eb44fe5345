package org.experimaestro.runtime;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.experimaestro.Config;
import org.experimaestro.base.file.NewFile;
import org.experimaestro.core.serial.ConfigurationWriter;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.WorkerCommand;
import org.experimaestro.workspace.WorkerConnection;
import org.experimaestro.workspace.WorkerFiles;
import org.experimaestro.workspace.WorkerMessage;
import org.experimaestro.workspace.Workspace;

/** A worker in a process of its own, whose run is the test. The classes of the tasks in tests are new for each task. */
final class WorkerProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    static final String NAME = "w-1";

    private final Path workspace;
    private final Path sockets;
    private final Process process;
    private final WorkerConnection connection;
    private final ProcessIdentity identity;
    private long sequence;

    private WorkerProcess(Path workspace, Path sockets, Process process, SocketChannel channel, Path jar)
            throws IOException {
        this.workspace = workspace;
        this.sockets = sockets;
        this.process = process;
        this.connection = new WorkerConnection(channel);
        connection.send(new WorkerMessage.Fresh(List.of(jar)));
        identity = ((WorkerMessage.Ready) connection.receive()).process();
    }

    static WorkerProcess start(Path workspace, String... options) throws Exception {
        return start(workspace, List.of(), options);
    }

    /** Starts a worker by a command that gets its command as arguments. */
    static WorkerProcess start(Path workspace, List<String> wrapper, String... options) throws Exception {
        Workspace.open(workspace);
        WorkerFiles files = WorkerFiles.of(workspace, NAME);
        files.makeFolder();
        Path sockets = Files.createTempDirectory("xpm-");
        Path socket = sockets.resolve("s");
        Path jar = jar(sockets);
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(WorkerCommand.of(socket, NAME, workspace));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            server.configureBlocking(false);
            Process process = new ProcessBuilder(command)
                    .directory(workspace.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(files.log().toFile())
                    .start();
            SocketChannel[] accepted = new SocketChannel[1];
            await(
                    () -> {
                        try {
                            accepted[0] = server.accept();
                            return accepted[0] != null || !process.isAlive();
                        } catch (IOException failed) {
                            throw new java.io.UncheckedIOException(failed);
                        }
                    },
                    "the worker");
            if (accepted[0] == null) {
                throw new AssertionError(Files.readString(files.log()));
            }
            accepted[0].configureBlocking(true);
            return new WorkerProcess(workspace, sockets, process, accepted[0], jar);
        }
    }

    /** Packs the classes of the tasks, as the snapshot of a class path has them. */
    private static Path jar(Path folder) throws IOException {
        Path jar = folder.resolve("tasks.jar");
        Path classes = Path.of("target", "test-classes");
        Path own = classes.resolve("org/experimaestro/runtime");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out);
                DirectoryStream<Path> files = Files.newDirectoryStream(own, "{Job,Worker}Tasks*.class")) {
            for (Path file : files) {
                zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return jar;
    }

    /** Claims a job, and makes its logs, as a run does. */
    Attempt claim(Config<?> task) throws IOException {
        JobFolder folder = Workspace.open(workspace).job(task.type(), task.id());
        folder.write(ConfigurationWriter.write(task, workspace, "../../../.."), "");
        Attempt attempt = ((Claim.Granted) folder.claim(ProcessIdentity.current(), "test")).attempt();
        NewFile.open(attempt.standardOutput()).close();
        NewFile.open(attempt.standardError()).close();
        return attempt;
    }

    /** Gives the worker an attempt. */
    void begin(Attempt attempt) throws IOException {
        connection.send(WorkerMessage.Begin.of(++sequence, attempt));
    }

    /** Waits for the end of the task; {@code null} if the worker has died. */
    WorkerMessage.Over over() throws IOException {
        WorkerMessage.Over over = (WorkerMessage.Over) connection.receive();
        if (over != null && over.sequence() != sequence) {
            throw new AssertionError(over);
        }
        return over;
    }

    /** Executes a task to its end. */
    Attempt execute(Config<?> task) throws IOException {
        Attempt attempt = claim(task);
        begin(attempt);
        WorkerMessage.Over over = over();
        if (over == null || over.renew().isPresent()) {
            throw new AssertionError(over + ", " + attempt.job().status() + ", " + read(attempt.standardError()));
        }
        return attempt;
    }

    /** Waits for a file of a task. */
    void await(Attempt attempt, String name) throws InterruptedException {
        await(() -> Files.exists(attempt.job().path().resolve(name)), name);
    }

    static void await(BooleanSupplier condition, String what) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain for " + what);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Waits for the end of the process and returns its exit code. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("Process " + process.pid() + " does not end");
        }
        return process.exitValue();
    }

    Process process() {
        return process;
    }

    ProcessIdentity identity() {
        return identity;
    }

    WorkerFiles files() {
        return WorkerFiles.of(workspace, NAME);
    }

    /** Closes the connection, as the death of the run does. */
    void leave() throws IOException {
        connection.close();
    }

    static JobStatus status(Attempt attempt) {
        return attempt.job().status();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        connection.close();
        Files.deleteIfExists(sockets.resolve("s"));
        Files.deleteIfExists(sockets.resolve("tasks.jar"));
        Files.deleteIfExists(sockets);
    }
}
