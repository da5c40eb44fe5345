package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.experimaestro.connector.ssh.SshConnectorType;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces that are copied over a real ssh, and disks that are full on either side. */
@NeedsSshd
@Timeout(240)
class CopiedWorkspaceIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String JOB = "jobs/type/0123";
    private static final long GIBIBYTE = 1L << 30;

    @TempDir
    private Path folder;

    private final TestSshServer server = TestSshServer.ssh();
    private Path root;
    private Connector connector;

    @BeforeEach
    void open() throws Exception {
        root = Files.createDirectory(folder.resolve("it's a wörk space"));
        connector = connector(folder.resolve("the host's folder"));
    }

    @AfterEach
    void close() {
        connector.close();
    }

    @Test
    void send_thousandFilesTwice_transfersNothingTheSecondTime() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            write(root, JOB + "/" + i % 7 + "/file " + i, "content " + i);
        }
        HostWorkspace workspace = connector.workspace(root);
        workspace.send(List.of(root.resolve(JOB)));
        Path there = Path.of(workspace.path(root));
        assertThat(there.resolve(JOB + "/6/file 6")).hasContent("content 6");
        Map<Path, Object> before = identities(there);

        workspace.send(List.of(root.resolve(JOB)));

        assertThat(before).hasSizeGreaterThan(1_000);
        assertThat(identities(there)).isEqualTo(before);

        write(root, JOB + "/0/file 0", "content 1");
        workspace.send(List.of(root.resolve(JOB)));
        assertThat(there.resolve(JOB + "/0/file 0")).hasContent("content 1");
        assertThat(identities(there).entrySet().stream()
                        .filter(entry -> Files.isRegularFile(entry.getKey()))
                        .filter(entry -> !entry.getValue().equals(before.get(entry.getKey()))))
                .hasSize(1);
    }

    @Test
    void fetch_jobThatHasEnded_bringsItsFiles() throws Exception {
        HostWorkspace workspace = connector.workspace(root);
        Path there = Path.of(workspace.path(root));
        for (int i = 0; i < 1_000; i++) {
            write(there, JOB + "/out/file " + i, "content " + i);
        }
        write(there, JOB + "/.experimaestro/done.json", "{}");

        workspace.fetch(List.of(root.resolve(JOB)));

        assertThat(root.resolve(JOB + "/out/file 999")).hasContent("content 999");
        assertThat(root.resolve(JOB + "/.experimaestro/done.json")).exists();
    }

    @Test
    void send_connectionCutInTheMiddle_leavesNothingHalfAndGoesOnLater() throws Exception {
        Path large = write(root, JOB + "/large", "");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(4 * GIBIBYTE);
        }
        HostWorkspace workspace = connector.workspace(root);
        Path incoming = Path.of(workspace.path(root)).resolve(".incoming");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> sending = threads.submit(() -> {
                workspace.send(List.of(root.resolve(JOB)));
                return null;
            });
            Await.until("the first bytes", PATIENCE, () -> !isEmpty(incoming));

            server.cutConnections();

            assertThatThrownBy(sending::get).hasCauseInstanceOf(UnreachableException.class);
        }
        Await.until("the host to clean up", PATIENCE, () -> isEmpty(incoming));
        assertThat(Path.of(workspace.path(large))).doesNotExist();
        Files.writeString(large, "now small");
        workspace.send(List.of(root.resolve(JOB)));
        assertThat(Path.of(workspace.path(large))).hasContent("now small");
    }

    @Test
    void send_diskOfTheHostIsFull_isRefusedAndLeavesNothingHalf() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small disk"), 1);
                Connector other = connector(disk.folder())) {
            HostWorkspace workspace = other.workspace(root);
            write(root, JOB + "/small", "x");
            workspace.send(List.of(root.resolve(JOB)));
            write(root, JOB + "/large", "x".repeat(2_000_000));

            assertThatThrownBy(() -> workspace.send(List.of(root.resolve(JOB))))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("gate (test-ssh) cannot store the files")
                    .hasMessageContaining("No space left on device");

            Path there = Path.of(workspace.path(root));
            assertThat(there.resolve(".incoming")).isEmptyDirectory();
            assertThat(there.resolve(JOB + "/large")).doesNotExist();
            assertThat(there.resolve(JOB + "/small")).exists();
        }
    }

    @Test
    void fetch_diskHereIsFull_isRefusedAndLeavesNothingHalf() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("small disk"), 1)) {
            HostWorkspace workspace = connector.workspace(disk.folder());
            Path there = Path.of(workspace.path(disk.folder()));
            write(there, JOB + "/.experimaestro/done.json", "{}");
            write(there, JOB + "/large", "x".repeat(2_000_000));

            assertThatThrownBy(() -> workspace.fetch(List.of(disk.folder().resolve(JOB))))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("Cannot store files of gate (test-ssh) in the workspace " + disk.folder())
                    .hasMessageContaining("No space left on device");

            try (Stream<Path> files = Files.walk(disk.folder().resolve(JOB))) {
                assertThat(files.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    private Connector connector(Path base) {
        return new SshConnectorType()
                .open(new ConnectorDefinition(
                        "gate",
                        "ssh",
                        new TreeMap<>(Map.of(
                                "host",
                                "test-ssh",
                                "config",
                                server.configuration().toString(),
                                "workspace",
                                "copy",
                                "folder",
                                base.toString()))));
    }

    private static Path write(Path base, String path, String text) throws IOException {
        Path file = base.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** A file that is replaced or written has another identity. */
    private static Map<Path, Object> identities(Path folder) throws IOException {
        Map<Path, Object> identities = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                identities.put(
                        file, List.of(Files.getAttribute(file, "unix:ino"), Files.getAttribute(file, "unix:ctime")));
            }
        }
        return identities;
    }

    private static boolean isEmpty(Path folder) {
        String[] names = folder.toFile().list();
        return names == null || names.length == 0;
    }
}
