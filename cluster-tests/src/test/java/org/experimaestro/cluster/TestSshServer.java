package org.experimaestro.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.connector.ssh.SshConnectorType;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.Running;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.ConnectorDefinition;

/**
 * A real OpenSSH server on this machine. Its hosts are called {@code test-ssh}, {@code test-ssh-1} and so on, by a
 * configuration file of its own; who logs in is this user, in this user's home folder, and gets the SLURM_CONF of
 * {@link TestCluster#slurm()}. Thread-safe, but trouble that one test makes is trouble for all that run at the time.
 */
public final class TestSshServer implements Fixture {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String NAME = "sshd";

    private final Path folder;
    private final Map<String, String> settings;
    private volatile boolean troubled;

    private TestSshServer(Path folder, Map<String, String> settings) {
        this.folder = folder;
        this.settings = settings;
    }

    /**
     * The server, which is started when it is first asked for.
     *
     * @return the server of this JVM
     * @throws UnavailableException when this machine lacks something; {@link NeedsSshd} skips such tests
     */
    public static TestSshServer ssh() {
        return Fixtures.OURS.get(NAME, TestSshServer.class, TestSshServer::launch);
    }

    private static TestSshServer launch() {
        Path folder = Fixtures.shortFolder(NAME);
        var server = new TestSshServer(
                folder,
                Map.of(
                        "TEST_SSH_FOLDER", folder.toString(),
                        "TEST_SSH_OWNER", Long.toString(ProcessHandle.current().pid()),
                        "TEST_CLUSTER_FOLDER", TestCluster.FOLDER.toString(),
                        // The home folder of this user is left alone.
                        "TEST_SSH_ENVIRONMENT", "XDG_CACHE_HOME=" + folder.resolve("cache")));
        try {
            server.script("sshd-up");
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
        return server;
    }

    /**
     * The scratch folder: {@code user_key}, {@code known_hosts}, {@code host_key}, {@code sshd_config}, and {@code log}.
     *
     * @return the folder
     */
    public Path folder() {
        return folder;
    }

    /**
     * What {@code ssh -F} takes.
     *
     * @return the configuration file
     */
    public Path configuration() {
        return folder.resolve("ssh_config");
    }

    /** Opens the connector {@code gate}, as a launcher file names it. */
    Connector connect() {
        return new SshConnectorType()
                .open(new ConnectorDefinition(
                        "gate",
                        "ssh",
                        new TreeMap<>(Map.of(
                                "host", "test-ssh", "config", configuration().toString()))));
    }

    /**
     * Runs a command on the server, by {@code ssh}.
     *
     * @param command the words of the command, which a shell reads there
     * @return what it did; exit code 255 when there is no connection
     * @throws AssertionError when it takes more than two minutes
     */
    public ProgramOutcome run(String... command) {
        try (Running running = runInBackground(command)) {
            return running.finish(PATIENCE);
        }
    }

    /**
     * Starts a command on the server, by {@code ssh}.
     *
     * @param command the words of the command, which a shell reads there
     * @return the {@code ssh} that runs
     */
    public Running runInBackground(String... command) {
        List<String> words =
                new ArrayList<>(List.of("ssh", "-F", configuration().toString(), "test-ssh"));
        words.addAll(List.of(command));
        return Running.start(folder, System.getenv(), words);
    }

    /** Ends all connections. What runs in a session of its own goes on. */
    public void cutConnections() {
        script("sshd-trouble", "cut");
    }

    /** Lets nobody in any more. Connections go on. */
    public void stop() {
        trouble("stop");
    }

    /** Lets people in again. */
    public void start() {
        trouble("start");
    }

    /** Answers with another host key than the one that is in {@code known_hosts}. */
    public void changeHostKey() {
        trouble("change-host-key");
    }

    /** Answers with the host key that is in {@code known_hosts}. */
    public void restoreHostKey() {
        trouble("restore-host-key");
    }

    private void trouble(String action) {
        troubled = true;
        script("sshd-trouble", action);
    }

    /** Lets people in again, with the key that they know. */
    @Override
    public void repair() {
        if (troubled) {
            script("sshd-trouble", "restore-host-key");
            script("sshd-up");
            troubled = false;
        }
    }

    /** Ends all connections. */
    @Override
    public void clear() {
        cutConnections();
    }

    @Override
    public void close() {
        Logs.keep(folder.resolve("log"), NAME);
        script("sshd-down");
    }

    private void script(String script, String... arguments) {
        new SupportScript(script, settings).run(arguments);
    }
}
