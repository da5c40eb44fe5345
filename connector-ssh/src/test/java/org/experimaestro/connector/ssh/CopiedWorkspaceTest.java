package org.experimaestro.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.experimaestro.disturbance.OtherUser;
import org.experimaestro.spi.RefusedException;
import org.junit.jupiter.api.Test;

/** The sending of files to a copied workspace, and its folder on the host. */
class CopiedWorkspaceTest extends CopyFixture {
    @Test
    void open_again_findsTheSameFolder() throws Exception {
        CopiedWorkspace again = CopiedWorkspace.open(new RemoteShell(transport), root, "~/the copies");
        assertThat(again.path(root)).isEqualTo(there.toString());
        assertThat(there.resolve(".copy-of")).hasContent(root.toString());
        assertThat(again.isShared()).isFalse();
    }

    @Test
    void open_anotherWorkspaceOfThatName_hasAFolderOfItsOwn() throws Exception {
        Path other = folder.resolve("other").resolve(root.getFileName());
        assertThat(CopiedWorkspace.open(new RemoteShell(transport), other, "~/the copies")
                        .path(other))
                .isNotEqualTo(there.toString());
    }

    @Test
    void open_noPermission_isRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> CopiedWorkspace.open(new RemoteShell(transport), root, file.toString()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Cannot make a folder for the copy of " + root + " on elsewhere in " + file);
    }

    @Test
    void open_folders_areOpenToTheUserOfTheHostAlone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there)))
                .isEqualTo("rwx------");
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxrwxrwx"));

        CopiedWorkspace.open(new RemoteShell(transport), root, "~/the copies");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there)))
                .isEqualTo("rwx------");
    }

    @Test
    void open_folderOfAnotherUser_isRefused() throws Exception {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can act as another user");
        other.orElseThrow().own(there);

        assertThatThrownBy(() -> CopiedWorkspace.open(new RemoteShell(transport), root, "~/the copies"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(
                        there.getFileName() + " belongs to another user; give the connector another folder");
    }

    @Test
    void send_plantedJarOfTheSameSize_isReplaced() throws Exception {
        write(root, "classpath/core-0123456789abcdef.jar", "jar");
        send("classpath");
        Files.writeString(there.resolve("classpath/core-0123456789abcdef.jar"), "bad");

        assertThat(send("classpath")).isOne();

        assertThat(there.resolve("classpath/core-0123456789abcdef.jar")).hasContent("jar");
    }

    @Test
    void path_outside_isWrong() {
        assertThatThrownBy(() -> workspace.path(folder)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void send_filesAndFolders_areThereWithTheirPermissions() throws Exception {
        write(root, JOB + "/.experimaestro/params.json", "{}");
        write(root, JOB + "/a b/'quoted' $x `y` \\z.txt", "content");
        write(root, "ünder/ß", "umlaut");
        write(root, "-rf", "not an option");
        Path tool = write(root, JOB + "/tool", "#!/bin/sh\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-x---"));
        Files.createDirectories(root.resolve(JOB + "/empty"));
        write(root, JOB + "/.tmp-half", "half");

        assertThat(send(JOB, "ünder", "-rf")).isEqualTo(5);

        assertThat(there.resolve(JOB + "/a b/'quoted' $x `y` \\z.txt")).hasContent("content");
        assertThat(there.resolve("ünder/ß")).hasContent("umlaut");
        assertThat(there.resolve("-rf")).hasContent("not an option");
        assertThat(Files.getPosixFilePermissions(there.resolve(JOB + "/tool")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(there.resolve(JOB + "/empty")).isEmptyDirectory();
        assertThat(there.resolve(JOB + "/.tmp-half")).doesNotExist();
        assertThat(there.resolve(".incoming")).isEmptyDirectory();
    }

    @Test
    void send_again_sendsNothing() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            write(root, JOB + "/" + i % 2 + "/" + "file ".repeat(30) + i, "content " + i);
        }
        Files.createSymbolicLink(root.resolve(JOB + "/link"), Path.of("0/" + "file ".repeat(30) + 10));
        assertThat(send(JOB)).isEqualTo(1_001);
        int before = transport.exchanges();
        assertThat(send(JOB)).isZero();
        // One for the listing with the digests, and one for the links.
        assertThat(transport.exchanges() - before).isEqualTo(2);
    }

    @Test
    void send_pipeInThePlaceOfAFileThere_isReplacedAndNotRead() throws Exception {
        write(root, JOB + "/file", "aaaa");
        Files.createDirectories(there.resolve(JOB));
        Path pipe = there.resolve(JOB + "/file");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(send(JOB)).isEqualTo(1);
        assertThat(pipe).hasContent("aaaa");
    }

    @Test
    void send_sameSizeOtherContent_isSentAlsoWithTheSameTime() throws Exception {
        Path file = write(root, JOB + "/file", "aaaa");
        touch(file, EARLIER);
        send(JOB);
        Files.writeString(there.resolve(JOB + "/file"), "bbbb");
        touch(there.resolve(JOB + "/file"), EARLIER.plusSeconds(1));
        assertThat(send(JOB)).isEqualTo(1);
        assertThat(there.resolve(JOB + "/file")).hasContent("aaaa");
    }

    @Test
    void send_otherTimeSameContent_isNotSent() throws Exception {
        write(root, JOB + "/file", "aaaa");
        send(JOB);
        touch(root.resolve(JOB + "/file"), EARLIER);
        assertThat(send(JOB)).isZero();
    }

    @Test
    void send_links_remainLinks() throws Exception {
        write(root, "jobs/type/other/out", "output");
        Files.createDirectories(root.resolve(JOB));
        Files.createSymbolicLink(root.resolve(JOB + "/relative"), Path.of("../other/out"));
        Files.createSymbolicLink(root.resolve(JOB + "/absolute"), root.resolve("jobs/type/other/out"));

        send("jobs");

        assertThat(Files.readSymbolicLink(there.resolve(JOB + "/relative"))).isEqualTo(Path.of("../other/out"));
        assertThat(Files.readSymbolicLink(there.resolve(JOB + "/absolute")))
                .isEqualTo(there.resolve("jobs/type/other/out"));

        Files.delete(root.resolve(JOB + "/relative"));
        Files.createSymbolicLink(root.resolve(JOB + "/relative"), Path.of("../0000/out"));
        assertThat(send("jobs")).isEqualTo(1);
    }

    @Test
    void send_nameWithLineEnd_isRefused() throws Exception {
        write(root, JOB + "/two\nlines", "x");
        assertThatThrownBy(() -> send(JOB))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("line end in its name: \"" + JOB + "/two\\nlines\"");
    }

    @Test
    void send_absentFile_isRefused() {
        assertThatThrownBy(() -> send("nothing"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("nothing: it is not there");
    }

    @Test
    void send_hostHasAFolderThere_isRefusedAndNothingIsLeft() throws Exception {
        write(root, JOB + "/file", "x");
        write(there, JOB + "/file/in the way", "y");
        assertThatThrownBy(() -> send(JOB))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("elsewhere cannot store the files of the workspace in " + there);
        assertThat(there.resolve(".incoming")).isEmptyDirectory();
    }

    @Test
    void send_archiveCutOff_placesNothing() throws Exception {
        for (int i = 0; i < 100; i++) {
            write(root, JOB + "/file" + i, "x".repeat(1000));
        }
        // The host gets only the first part of the archive, and the connection seems to succeed.
        LocalTransport cutting =
                new LocalTransport("tar() { head -c 51200 | command tar \"$@\"; }; export -f tar 2>/dev/null", "bash");
        CopiedWorkspace cut = CopiedWorkspace.open(
                new RemoteShell(cutting), root, there.getParent().toString());
        assertThat(cut.path(root)).isEqualTo(there.toString());
        assertThatThrownBy(() -> cut.send(List.of(root.resolve(JOB)))).isInstanceOf(RefusedException.class);
        assertThat(there.resolve("jobs")).doesNotExist();
        assertThat(there.resolve(".incoming")).isEmptyDirectory();
    }

    @Test
    void send_jobWithNewerFilesOnTheHost_keepsThem() throws Exception {
        touch(write(root, JOB + "/checkpoint", "old"), EARLIER);
        touch(write(root, JOB + "/input", "newer"), EARLIER.plusSeconds(9));
        write(root, JOB + "/.experimaestro/process-1.json", "{\"void\": true}");
        write(root, JOB + "/.experimaestro/params.json", "ours");
        write(there, JOB + "/checkpoint", "new");
        touch(write(there, JOB + "/input", "old"), EARLIER);
        write(there, JOB + "/.experimaestro/process-1.json", "{\"pid\": 1}");
        write(there, JOB + "/.experimaestro/params.json", "theirs");

        assertThat(send(JOB)).isEqualTo(2);

        assertThat(there.resolve(JOB + "/checkpoint")).hasContent("new");
        assertThat(there.resolve(JOB + "/input")).hasContent("newer");
        assertThat(there.resolve(JOB + "/.experimaestro/process-1.json")).hasContent("{\"pid\": 1}");
        assertThat(there.resolve(JOB + "/.experimaestro/params.json")).hasContent("ours");
    }

    @Test
    void sendAndFetch_filesOfAnEarlierAttempt_stayWhereTheyAre() throws Exception {
        write(root, JOB + "/.experimaestro/before-2/here", "a");
        write(there, JOB + "/.experimaestro/before-2/there", "b");
        write(there, JOB + "/.experimaestro/before-moving/line\nend", "b");
        write(there, JOB + "/inner/jobs/t/1/.experimaestro/before-2/result", "of the task");
        write(there, JOB + "/.experimaestro/done.json", "{}");
        assertThat(send(JOB)).isZero();
        fetch(JOB);
        assertThat(there.resolve(JOB + "/.experimaestro/before-2/here")).doesNotExist();
        assertThat(root.resolve(JOB + "/.experimaestro/before-2/there")).doesNotExist();
        assertThat(root.resolve(JOB + "/inner/jobs/t/1/.experimaestro/before-2/result"))
                .hasContent("of the task");
    }

    @Test
    void send_jobThatIsDoneHere_replacesAll() throws Exception {
        touch(write(root, JOB + "/model", "old"), EARLIER);
        write(root, JOB + "/.experimaestro/done.json", "{}");
        write(there, JOB + "/model", "new");
        send(JOB);
        assertThat(there.resolve(JOB + "/model")).hasContent("old");
    }

    @Test
    void send_jobThatWasDeletedAndBegunAnew_replacesItsFolder() throws Exception {
        write(root, JOB + "/.experimaestro/attempt-1.json", "{\"claimed\": 2}");
        write(there, JOB + "/.experimaestro/attempt-1.json", "{\"claimed\": 1}");
        write(there, JOB + "/.experimaestro/done.json", "{}");
        write(there, JOB + "/model", "of the former life");
        write(root, "jobs/type/4567/.experimaestro/params.json", "{}");
        write(there, "jobs/type/4567/.experimaestro/attempt-1.json", "{}");
        write(root, "jobs/type/89ab/.experimaestro/attempt-1.json", "{}");
        write(there, "jobs/type/89ab/.experimaestro/attempt-1.json", "{}");
        write(there, "jobs/type/89ab/checkpoint", "of the same life");

        send(JOB, "jobs/type/4567", "jobs/type/89ab");

        assertThat(there.resolve(JOB + "/.experimaestro/attempt-1.json")).hasContent("{\"claimed\": 2}");
        assertThat(there.resolve(JOB + "/.experimaestro/done.json")).doesNotExist();
        assertThat(there.resolve(JOB + "/model")).doesNotExist();
        assertThat(there.resolve("jobs/type/4567/.experimaestro/attempt-1.json"))
                .doesNotExist();
        assertThat(there.resolve("jobs/type/4567/.experimaestro/params.json")).exists();
        assertThat(there.resolve("jobs/type/89ab/checkpoint")).exists();
        assertThat(there.resolve(".incoming")).isEmptyDirectory();
        assertThat(send(JOB, "jobs/type/4567", "jobs/type/89ab")).isZero();
    }

    @Test
    void send_permissionsOfAJobWereChanged_keepsWhatItHasOnTheHost() throws Exception {
        Path attempt = write(root, JOB + "/.experimaestro/attempt-1.json", "{}");
        send(JOB);
        write(there, JOB + "/checkpoint", "only there");
        Files.setPosixFilePermissions(attempt, PosixFilePermissions.fromString("rw-rw-r--"));

        send(JOB);

        assertThat(there.resolve(JOB + "/checkpoint")).hasContent("only there");
        assertThat(Files.getPosixFilePermissions(there.resolve(JOB + "/.experimaestro/attempt-1.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-rw-r--"));
    }

    @Test
    void send_longNames_arrive() throws Exception {
        String path = JOB + "/" + "long-name-".repeat(20) + "/" + "ä-file-".repeat(20);
        write(root, path, "x");
        send(JOB);
        assertThat(there.resolve(path)).hasContent("x");
    }
}
