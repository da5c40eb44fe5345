package org.experimaestro.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.spi.HostFolder;
import org.experimaestro.spi.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder of a host, where the host is this machine. */
@Timeout(60)
class SshFolderTest {
    @TempDir
    private Path folder;

    private Path there;
    private RemoteShell shell;

    @BeforeEach
    void make() throws Exception {
        there = folder.resolve("it's the höst");
        shell = new RemoteShell(new LocalTransport("HOME='" + folder + "'"));
    }

    private HostFolder open() throws Exception {
        return SshFolder.open(shell, there.toString(), true);
    }

    @Test
    void open_missingFolder_isRefused() {
        assertThatThrownBy(() -> SshFolder.open(shell, there.toString(), false))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Cannot open the folder " + there);
    }

    @Test
    void open_relativePath_isInTheHome() throws Exception {
        assertThat(SshFolder.open(shell, "a b", true).path()).isEqualTo(folder.toRealPath() + "/a b");
        assertThat(SshFolder.open(shell, "~/a b", false).path()).isEqualTo(folder.toRealPath() + "/a b");
    }

    @Test
    void list_filesLinksAndFolders_hasTheirContent() throws Exception {
        HostFolder host = open();
        Path file = Files.writeString(
                Files.createDirectories(there.resolve("jobs/t")).resolve("a b"), "one\n");
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-x---"));
        Files.createLink(there.resolve("jobs/t/second"), file);
        Files.createSymbolicLink(there.resolve("jobs/t/link"), Path.of("a b"));
        Files.createDirectories(there.resolve("jobs/empty"));
        Files.writeString(there.resolve("jobs/.tmp-1"), "temporary");
        host.run("mkfifo jobs/pipe", Duration.ofMinutes(1));

        SortedMap<String, FolderEntry> entries = host.list(List.of("jobs", "missing"));

        assertThat(entries.keySet())
                .containsExactly(
                        "jobs", "jobs/empty", "jobs/pipe", "jobs/t", "jobs/t/a b", "jobs/t/link", "jobs/t/second");
        assertThat(entries.get("jobs/t/link")).isEqualTo(new FolderEntry.Link("a b"));
        assertThat(entries.get("jobs/pipe")).isInstanceOf(FolderEntry.Strange.class);
        assertThat(entries.get("jobs/t/a b")).isInstanceOfSatisfying(FolderEntry.Content.class, content -> {
            assertThat(content.size()).isEqualTo(4);
            assertThat(content.isExecutable()).isTrue();
            assertThat(content.sha256()).startsWith("2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806");
        });
        assertThat(fetched(host, entries))
                .containsOnly(Map.entry("jobs/t/a b", "one\n"), Map.entry("jobs/t/second", "one\n"));
    }

    private static Map<String, String> fetched(HostFolder host, SortedMap<String, FolderEntry> entries)
            throws Exception {
        Map<String, FolderEntry.Content> files = new TreeMap<>();
        entries.forEach((path, entry) -> {
            if (entry instanceof FolderEntry.Content content) {
                files.put(path, content);
            }
        });
        Map<String, String> found = new TreeMap<>();
        host.fetch(
                files, (path, content) -> found.put(path, new String(content.readAllBytes(), StandardCharsets.UTF_8)));
        return found;
    }

    @Test
    void send_partOfAFolder_isThereWithLinksThatStayInside() throws Exception {
        Path here = Files.createDirectories(folder.resolve("here"));
        Path job = Files.createDirectories(here.resolve("jobs/t/0123"));
        Files.writeString(job.resolve("a"), "one\n");
        Files.createSymbolicLink(job.resolve("link"), job.resolve("a"));
        Files.createDirectories(here.resolve("jobs/t/4567"));
        HostFolder host = open();

        host.send(here, List.of("jobs/t/0123"));

        assertThat(there.resolve("jobs/t/0123/a")).hasContent("one\n");
        assertThat(Files.readSymbolicLink(there.resolve("jobs/t/0123/link"))).hasToString("a");
        assertThat(there.resolve("jobs/t/4567")).doesNotExist();
    }
}
