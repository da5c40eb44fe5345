package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.experimaestro.connector.ssh.SshConnectorType;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The connector over a real ssh, with the trouble that connections have. */
@NeedsSshd
@Timeout(240)
class SshConnectorIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final TestSshServer server = TestSshServer.ssh();
    private final List<Connector> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Connector::close);
    }

    @Test
    void run_script_isRunThere() throws Exception {
        Shell.Output output = connector().run("echo \"$SSH_CONNECTION\"; echo trouble >&2; exit 255", LIMIT);

        assertThat(output.out()).startsWith("127.0.0.1 ");
        assertThat(output.err()).isEqualTo("trouble\n");
        assertThat(output.exitCode()).isEqualTo(255);
    }

    @Test
    void run_twentyScriptsAtOnce_shareOneConnection() throws Exception {
        Connector connector = connector();
        List<Future<String>> outputs = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                String number = Integer.toString(i);
                outputs.add(threads.submit(() -> connector
                        .run("echo " + number + " \"$SSH_CONNECTION\"", LIMIT)
                        .out()));
            }
        }
        List<String> connections = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String[] words = outputs.get(i).get().strip().split(" ", 2);
            assertThat(words[0]).isEqualTo(Integer.toString(i));
            connections.add(words[1]);
        }
        assertThat(connections.stream().distinct()).hasSize(1);
    }

    @Test
    void run_connectionCutInTheMiddle_isUnreachableAndTheNextConnects() throws Exception {
        Connector connector = connector();
        String first = connection(connector);
        Path begun = pipe("begun");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Shell.Output> cut =
                    threads.submit(() -> connector.run("echo yes > " + quoted(begun) + "; sleep 1000", LIMIT));
            Files.readString(begun);

            server.cutConnections();

            assertThatThrownBy(cut::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            UnreachableException.class,
                            failed -> assertThat(failed.isPermanent()).isFalse())
                    .hasMessageStartingWith("The connection to gate (test-ssh) was lost while a script ran there");
        }
        assertThat(connection(connector)).isNotEqualTo(first);
    }

    @Test
    void run_serverStoppedAndStarted_isUnreachableMeanwhile() throws Exception {
        Connector connector = connector();
        connection(connector);
        server.stop();
        server.cutConnections();

        assertThatThrownBy(() -> run(connector))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        failed -> assertThat(failed.isPermanent()).isFalse());
        assertThatThrownBy(() -> run(connector)).hasMessageContaining("Connection refused");

        server.start();
        run(connector);
    }

    @Test
    void run_hostKeyChanged_isRefusedAndExplained() throws Exception {
        server.changeHostKey();

        assertThatThrownBy(() -> run(connector()))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        failed -> assertThat(failed.isPermanent()).isTrue())
                .hasMessageContaining("it has shown another host key than the one that is known for it")
                .hasMessageContaining("SHA256:")
                .hasMessageContaining("ssh-keygen -")
                .hasMessageContaining("ssh -F " + server.configuration() + " test-ssh");

        server.restoreHostKey();
        run(connector());
    }

    @Test
    void run_hostKeyUnknown_isRefusedAndExplained() throws Exception {
        Path configuration = Files.writeString(
                folder.resolve("config"),
                Files.readString(server.configuration())
                        .replaceAll("UserKnownHostsFile .*", "UserKnownHostsFile " + folder.resolve("none")));

        assertThatThrownBy(() -> run(open(Map.of("host", "test-ssh", "config", configuration.toString()))))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        failed -> assertThat(failed.isPermanent()).isTrue())
                .hasMessageContaining("its host key is not known here");
    }

    @Test
    void run_wrongUserKey_isPermanent() throws Exception {
        Path key = folder.resolve("key");
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .start()
                .waitFor();
        Path configuration = Files.writeString(
                folder.resolve("config"),
                Files.readString(server.configuration()).replaceAll("IdentityFile .*", "IdentityFile " + key));

        assertThatThrownBy(() -> run(open(Map.of("host", "test-ssh", "config", configuration.toString()))))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        failed -> assertThat(failed.isPermanent()).isTrue())
                .hasMessageContaining("has refused the login")
                .hasMessageContaining("Permission denied");
    }

    @Test
    void run_wrongConfiguration_isPermanent() throws Exception {
        Path configuration = Files.writeString(folder.resolve("config"), "Prot 22\n");

        assertThatThrownBy(() -> run(open(Map.of("host", "test-ssh", "config", configuration.toString()))))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        failed -> assertThat(failed.isPermanent()).isTrue())
                .hasMessageContaining("ssh refuses its configuration")
                .hasMessageContaining("line 1");
    }

    /** What ssh prints only once it connects. */
    @ParameterizedTest
    @CsvSource({
        "-o HostKeyAlgorithms=rsa-sha2-512, no matching host key type",
        "-o ControlMaster=auto -o ControlPath=/tmp/LONG/s, ControlPath too long",
        "-o ControlMaster=auto -o ControlPath=/nonexistent/s, cannot bind to path /nonexistent/s"
    })
    void run_whatAPersonHasToCorrect_isPermanentAndShown(String options, String reason) {
        assertThatThrownBy(() -> run(open(Map.of(
                        "host",
                        "test-ssh",
                        "config",
                        server.configuration().toString(),
                        "options",
                        options.replace("LONG", "x".repeat(120))))))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        failed -> assertThat(failed.isPermanent()).isTrue())
                .hasMessageContaining(reason);
    }

    @Test
    void run_unknownHost_mayBeThereLater() {
        assertThatThrownBy(() -> run(open(Map.of("host", "nowhere.invalid"))))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        failed -> assertThat(failed.isPermanent()).isFalse())
                .hasMessageContaining("Could not resolve hostname nowhere.invalid");
    }

    @Test
    void run_tooLong_leavesTheConnectionToOthers() throws Exception {
        Connector connector = connector();
        String first = connection(connector);

        assertThatThrownBy(() -> connector.run("sleep 1000", Duration.ofMillis(500)))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("has not answered within 500 ms: sleep 1000");

        assertThat(connection(connector)).isEqualTo(first);
    }

    @Test
    void run_usersOwnSharedConnection_isUsed() throws Exception {
        Path socket = folder.resolve("own");
        Path configuration = Files.writeString(
                folder.resolve("config"),
                Files.readString(server.configuration()) + "    ControlMaster auto\n    ControlPath " + socket
                        + "\n    ControlPersist 60\n");
        Connector connector = open(Map.of("host", "test-ssh", "config", configuration.toString()));
        try {
            assertThat(connection(connector)).isEqualTo(connection(connector));
            assertThat(socket).exists();
        } finally {
            new ProcessBuilder("ssh", "-F", configuration.toString(), "-O", "exit", "test-ssh")
                    .start()
                    .waitFor();
        }
    }

    @Test
    void close_connection_isEnded() throws Exception {
        Connector connector = connector();
        connection(connector);

        List<ProcessHandle> masters = masters();
        assertThat(masters).hasSize(1);
        connector.close();

        masters.getFirst().onExit().join();
        run(connector);
    }

    @Test
    void workspace_shared_isSeenByTheHost() throws Exception {
        Path link = Files.createSymbolicLink(
                folder.resolve("seen by the host"), Files.createDirectory(folder.resolve("real")));
        Connector connector = open(Map.of(
                "host",
                "test-ssh",
                "config",
                server.configuration().toString(),
                "mount",
                folder.resolve("real") + ":" + link));

        HostWorkspace workspace = connector.workspace(folder.resolve("real/work space"));

        assertThat(workspace.isShared()).isTrue();
        assertThat(workspace.path(folder.resolve("real/work space/jobs/it's")))
                .isEqualTo(link + "/work space/jobs/it's");
    }

    @Test
    void workspace_notShared_isRefused() throws Exception {
        Connector connector = open(
                Map.of("host", "test-ssh", "config", server.configuration().toString(), "mount", folder + ":/nowhere"));

        assertThatThrownBy(() -> connector.workspace(folder.resolve("work")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("does not see the files of the workspace")
                .hasMessageContaining("/nowhere/work");
        assertThat(folder.resolve("work")).isEmptyDirectory();
    }

    private Connector connector() {
        return open(Map.of("host", "test-ssh", "config", server.configuration().toString()));
    }

    private Connector open(Map<String, String> options) {
        Connector connector =
                new SshConnectorType().open(new ConnectorDefinition("gate", "ssh", new TreeMap<>(options)));
        opened.add(connector);
        return connector;
    }

    private static void run(Connector connector) throws UnreachableException, InterruptedException {
        assertThat(connector.run("exit 0", LIMIT).isSuccess()).isTrue();
    }

    /** The processes that hold connections to this server. */
    private List<ProcessHandle> masters() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line ->
                                line.contains(server.configuration().toString()) && line.contains("ControlMaster=yes"))
                        .isPresent())
                .toList();
    }

    /** The ports of the connection, which tell one from another. */
    private static String connection(Connector connector) throws UnreachableException, InterruptedException {
        return connector.run("echo \"$SSH_CONNECTION\"", LIMIT).out();
    }

    private Path pipe(String name) throws Exception {
        Path pipe = folder.resolve(name);
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        return pipe;
    }

    private static String quoted(Path path) {
        return ShellText.quote(path.toString());
    }
}
