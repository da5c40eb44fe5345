package org.experimaestro.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.experimaestro.spi.RefusedException;
import org.junit.jupiter.api.Test;

/** The fetching of files from a copied workspace. */
class CopiedWorkspaceFetchTest extends CopyFixture {
    @Test
    void fetch_runningJob_bringsOnlyOurOwnFiles() throws Exception {
        write(there, JOB + "/.experimaestro/stdout-1.log", "line 1\n");
        write(there, JOB + "/checkpoint", "big");
        write(there, JOB + "/.experimaestro/announced.jsonl", "{}\n"); // names the checkpoint

        assertThat(fetch(JOB)).isEqualTo(1);
        assertThat(root.resolve(JOB + "/.experimaestro/stdout-1.log")).hasContent("line 1\n");
        assertThat(root.resolve(JOB + "/checkpoint")).doesNotExist();
        assertThat(root.resolve(JOB + "/.experimaestro/announced.jsonl")).doesNotExist();

        int before = transport.exchanges();
        assertThat(fetch(JOB)).isZero();
        assertThat(transport.exchanges() - before).isEqualTo(1);

        write(there, JOB + "/.experimaestro/stdout-1.log", "line 1\nline 2\n");
        assertThat(fetch(JOB)).isEqualTo(1);
        assertThat(root.resolve(JOB + "/.experimaestro/stdout-1.log")).hasContent("line 1\nline 2\n");
    }

    @Test
    void fetch_jobThatHasEnded_bringsAllAndThenItsMarker() throws Exception {
        write(there, JOB + "/.experimaestro/done.json", "{\"attempt\": 1}");
        write(there, JOB + "/.experimaestro/failed-1.json", "{}");
        write(there, JOB + "/.experimaestro/announced.jsonl", "{}\n");
        write(there, JOB + "/model.bin", "weights");
        write(there, JOB + "/deep/er/fïle", "x");
        Path tool = write(there, JOB + "/tool", "#!/bin/sh\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(there.resolve(JOB + "/empty"));
        Files.createLink(there.resolve(JOB + "/second name"), there.resolve(JOB + "/model.bin"));
        Files.createSymbolicLink(there.resolve(JOB + "/link"), there.resolve(JOB + "/model.bin"));

        fetch(JOB);

        assertThat(root.resolve(JOB + "/.experimaestro/done.json")).hasContent("{\"attempt\": 1}");
        assertThat(root.resolve(JOB + "/.experimaestro/failed-1.json")).exists();
        assertThat(root.resolve(JOB + "/.experimaestro/announced.jsonl")).hasContent("{}\n");
        assertThat(root.resolve(JOB + "/model.bin")).hasContent("weights");
        assertThat(root.resolve(JOB + "/second name")).hasContent("weights");
        assertThat(root.resolve(JOB + "/deep/er/fïle")).hasContent("x");
        assertThat(root.resolve(JOB + "/tool")).isExecutable();
        assertThat(root.resolve(JOB + "/empty")).isEmptyDirectory();
        assertThat(Files.readSymbolicLink(root.resolve(JOB + "/link"))).isEqualTo(root.resolve(JOB + "/model.bin"));
        assertThat(fetch(JOB)).isZero();
        try (Stream<Path> all = Files.walk(root)) {
            assertThat(all.filter(path -> path.getFileName().toString().startsWith(".tmp-")))
                    .isEmpty();
        }
    }

    @Test
    void fetch_fileThatCannotBeRead_leavesTheMarkerOut() throws Exception {
        write(there, JOB + "/.experimaestro/done.json", "{}");
        write(there, JOB + "/good", "x");
        write(there, JOB + "/secret", "x");
        // Root can read every file, so the archive is made without the file.
        LocalTransport hiding = new LocalTransport(
                "tar() { command tar --exclude=secret \"$@\"; echo 'tar: secret: Permission denied' >&2; }; export -f tar",
                "bash");
        CopiedWorkspace hidden = CopiedWorkspace.open(
                new RemoteShell(hiding), root, there.getParent().toString());
        assertThatThrownBy(() -> hidden.fetch(List.of(root.resolve(JOB))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("[" + JOB + "/secret]")
                .hasMessageContaining("Permission denied");
        assertThat(root.resolve(JOB + "/good")).exists();
        assertThat(root.resolve(JOB + "/.experimaestro/done.json")).doesNotExist();
    }

    @Test
    void fetch_filesOfThePlan_areNotTaken() throws Exception {
        for (String name : List.of("params.json", "classpath.txt", "attempt-1.json", "handed-1.json", "ended-1.json")) {
            write(root, JOB + "/.experimaestro/" + name, "ours");
            write(there, JOB + "/.experimaestro/" + name, "of the host");
        }
        write(there, JOB + "/.experimaestro/attempt-2.json", "of the host");
        write(there, JOB + "/.experimaestro/done.json", "{}");

        fetch(JOB);

        assertThat(root.resolve(JOB + "/.experimaestro/params.json")).hasContent("ours");
        assertThat(root.resolve(JOB + "/.experimaestro/attempt-1.json")).hasContent("ours");
        assertThat(root.resolve(JOB + "/.experimaestro/ended-1.json")).hasContent("ours");
        // A batch system that has restarted the job made the file there.
        assertThat(root.resolve(JOB + "/.experimaestro/attempt-2.json")).hasContent("of the host");
        assertThat(root.resolve(JOB + "/.experimaestro/done.json")).exists();
    }

    @Test
    void fetch_markerThatIsHere_isNeverReplaced() throws Exception {
        write(root, JOB + "/.experimaestro/failed-1.json", "ours");
        write(there, JOB + "/.experimaestro/failed-1.json", "of the host");
        write(there, JOB + "/.experimaestro/done.json", "{}");
        fetch(JOB);
        assertThat(root.resolve(JOB + "/.experimaestro/failed-1.json")).hasContent("ours");
        assertThat(root.resolve(JOB + "/.experimaestro/done.json")).exists();
    }

    @Test
    void fetch_process_keepsItsAge() throws Exception {
        String process = JOB + "/.experimaestro/process-1.json";
        write(there, process, "{\"pid\": 1}");
        fetch(JOB);
        touch(root.resolve(process), EARLIER);
        Instant before = Instant.now();

        assertThat(fetch(JOB)).isZero();

        assertThat(Files.getLastModifiedTime(root.resolve(process)).toInstant()).isAfter(before.minusSeconds(60));
        touch(there.resolve(process), EARLIER);
        FileTime seen = Files.getLastModifiedTime(root.resolve(process));
        fetch(JOB);
        assertThat(Files.getLastModifiedTime(root.resolve(process))).isEqualTo(seen);
    }

    @Test
    void fetch_sameSizeOtherContent_isFetchedWhenTheJobHasEnded() throws Exception {
        write(root, JOB + "/model.bin", "aaaa");
        write(root, JOB + "/same", "same");
        write(there, JOB + "/model.bin", "bbbb");
        write(there, JOB + "/same", "same");
        write(there, JOB + "/.experimaestro/done.json", "{}");
        assertThat(fetch(JOB)).isEqualTo(2);
        assertThat(root.resolve(JOB + "/model.bin")).hasContent("bbbb");
    }

    @Test
    void fetch_manyJobs_takesTwoExchanges() throws Exception {
        for (int i = 0; i < 200; i++) {
            write(there, "jobs/type/" + i + "/.experimaestro/done.json", "{}");
            write(there, "jobs/type/" + i + "/out", "x");
        }
        int before = transport.exchanges();
        workspace.fetch(Stream.iterate(0, i -> i < 300, i -> i + 1)
                .map(i -> root.resolve("jobs/type/" + i))
                .toList());
        assertThat(transport.exchanges() - before).isEqualTo(2);
        assertThat(root.resolve("jobs/type/199/out")).exists();
        assertThat(root.resolve("jobs/type/200")).doesNotExist();
    }

    @Test
    void fetchEnded_someOfManyJobs_bringsTheirFilesInTwoExchangesAndLeavesTheOthersAlone() throws Exception {
        List<Path> jobs = Stream.iterate(0, i -> i < 300, i -> i + 1)
                .map(i -> root.resolve("jobs/type/" + i))
                .toList();
        for (int i = 0; i < 300; i++) {
            write(there, "jobs/type/" + i + "/.experimaestro/stdout-1.log", "x");
            write(there, "jobs/type/" + i + "/out", "x");
        }
        int before = transport.exchanges();
        workspace.fetchEnded(jobs);
        assertThat(transport.exchanges() - before).isEqualTo(1);
        assertThat(root.resolve("jobs")).doesNotExist();

        write(there, "jobs/type/3/.experimaestro/done.json", "{}");
        write(there, "jobs/type/7/.experimaestro/failed-1.json", "{}");
        before = transport.exchanges();
        workspace.fetchEnded(jobs);
        assertThat(transport.exchanges() - before).isEqualTo(2);
        assertThat(root.resolve("jobs/type/3/out")).hasContent("x");
        assertThat(root.resolve("jobs/type/7/.experimaestro/failed-1.json")).hasContent("{}");
        assertThat(root.resolve("jobs/type").toFile().list()).containsExactlyInAnyOrder("3", "7");

        write(there, "jobs/type/7/.experimaestro/done.json", "{}");
        workspace.fetchEnded(jobs);
        assertThat(root.resolve("jobs/type/7/.experimaestro/done.json")).exists();
        before = transport.exchanges();
        workspace.fetchEnded(jobs);
        assertThat(transport.exchanges() - before).isEqualTo(1);
    }

    @Test
    void fetch_nameWithLineEnd_isRefused() throws Exception {
        write(there, JOB + "/two\nlines", "x");
        write(there, JOB + "/.experimaestro/done.json", "{}");
        assertThatThrownBy(() -> fetch(JOB))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("there is a line end in its name, which ends with \"lines\"");
        assertThat(root.resolve(JOB + "/.experimaestro/done.json")).doesNotExist();
    }

    /** Even if the time of the host's file is wrong, the process does not stay alive forever. */
    @Test
    void fetch_processOfTheFuture_isNotSeenAlive() throws Exception {
        String process = JOB + "/.experimaestro/process-1.json";
        write(there, process, "{\"pid\": 1}");
        fetch(JOB);
        touch(root.resolve(process), EARLIER);
        touch(there.resolve(process), Instant.now().plus(Duration.ofDays(1)));

        fetch(JOB);

        assertThat(Files.getLastModifiedTime(root.resolve(process)).toInstant()).isEqualTo(EARLIER);
    }

    /** The file was stored with the time of a host whose clock is ahead. */
    @Test
    void fetch_fileOfTheFutureHere_getsItsAge() throws Exception {
        String process = JOB + "/.experimaestro/process-1.json";
        write(there, process, "{\"pid\": 1}");
        fetch(JOB);
        touch(root.resolve(process), Instant.now().plus(Duration.ofDays(1)));

        fetch(JOB);

        assertThat(Files.getLastModifiedTime(root.resolve(process)).toInstant()).isBefore(Instant.now());
    }
}
