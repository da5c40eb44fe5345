package org.experimaestro.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A workspace and its copy, where the host is another folder of this machine. */
@Timeout(120)
abstract class CopyFixture {
    static final String JOB = "jobs/type/0123";
    static final Instant EARLIER = Instant.ofEpochSecond(1_700_000_000);

    @TempDir
    Path folder;

    Path root;
    Path there;
    LocalTransport transport;
    CopiedWorkspace workspace;

    @BeforeEach
    void open() throws Exception {
        root = Files.createDirectory(folder.resolve("it's my wörk space"));
        Path home = Files.createDirectory(folder.resolve("ho me"));
        transport = new LocalTransport("HOME=" + ShellText.quote(home.toString()) + "; echo Welcome");
        workspace = CopiedWorkspace.open(new RemoteShell(transport), root, "~/the copies");
        there = Path.of(workspace.path(root));
        assertThat(there).startsWith(home.toRealPath().resolve("the copies"));
    }

    static void touch(Path file, Instant time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    final int send(String... paths) throws UnreachableException, RefusedException, InterruptedException {
        return workspace.sendAndCount(Stream.of(paths).map(root::resolve).toList());
    }

    final int fetch(String job) throws UnreachableException, RefusedException, InterruptedException {
        return workspace.fetchAndCount(List.of(root.resolve(job)), false, new RefusedFiles(List.of(job)));
    }

    static Path write(Path base, String path, String text) throws IOException {
        Path file = base.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
