package org.experimaestro.connector.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.ShellText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files by which a host, or a user who may write in the workspace, tries to have other files read or written. */
@Tag("thorough")
@Timeout(120)
class HostileFilesTest {
    private static final String JOB = "jobs/type/0123";
    private static final String OTHER = "jobs/type/4567";

    @TempDir
    private Path folder;

    private Path root;
    private Path there;
    private Path secret;
    private CopiedWorkspace workspace;

    @BeforeEach
    void open() throws Exception {
        root = Files.createDirectory(folder.resolve("work"));
        secret = write(folder, "private/id_rsa", "SECRET");
        Path home = Files.createDirectory(folder.resolve("home"));
        workspace = open("HOME=" + ShellText.quote(home.toString()));
        there = Path.of(workspace.path(root));
        write(there, JOB + "/.experimaestro/done.json", "{}");
        write(there, JOB + "/good", "fetched");
    }

    private CopiedWorkspace open(String startUp) throws Exception {
        return CopiedWorkspace.open(new RemoteShell(new LocalTransport(startUp, "bash")), root, folder + "/copies");
    }

    @ParameterizedTest
    @CsvSource({
        "absolute, /etc/passwd",
        "relative, ../../../../private/id_rsa",
        "far, ../../../../../../../../../../../../../../etc/passwd",
        "workspace, ../../../settings.yaml",
        "ours, ../4567/.experimaestro/done.json",
        "behind a file, good/../../../../../private",
        "behind nothing, none/../../../../../private",
    })
    void fetch_linkThatLeadsOut_isRefusedByNameAndTheRestArrives(String name, String target) throws Exception {
        link(there, JOB + "/" + name, target);

        assertThat(fetch()).contains(JOB + "/" + name).contains(target);

        assertThat(root.resolve(JOB + "/" + name)).doesNotExist();
        assertThat(Files.exists(root.resolve(JOB + "/" + name), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(root.resolve(JOB + "/good")).hasContent("fetched");
        assertThat(root.resolve(JOB + "/.experimaestro/done.json")).exists();
    }

    @Test
    void fetch_linkToAnotherJobOrNothing_isKept() throws Exception {
        write(root, OTHER + "/out", "of the other");
        link(there, JOB + "/relative", "../4567/out");
        link(there, JOB + "/absolute", there.resolve(OTHER + "/out").toString());
        link(there, JOB + "/later", "not yet");
        link(there, JOB + "/chain", "relative");

        assertThat(fetch()).isEmpty();

        assertThat(root.resolve(JOB + "/relative")).hasContent("of the other");
        assertThat(Files.readSymbolicLink(root.resolve(JOB + "/absolute"))).isEqualTo(root.resolve(OTHER + "/out"));
        assertThat(Files.isSymbolicLink(root.resolve(JOB + "/later"))).isTrue();
        assertThat(root.resolve(JOB + "/chain")).hasContent("of the other");
    }

    @Test
    void fetch_linkThroughALinkOfOurs_isRefusedIfThatLeadsOut() throws Exception {
        Files.createDirectories(root.resolve(JOB));
        Files.createSymbolicLink(root.resolve(JOB + "/data"), secret.getParent());
        link(there, JOB + "/copy", "data/id_rsa");

        assertThat(fetch()).contains(JOB + "/copy");
        assertThat(Files.exists(root.resolve(JOB + "/copy"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    @Test
    void fetch_ownFileThatIsALink_isRefused() throws Exception {
        write(root, OTHER + "/out", "of the other");
        link(there, JOB + "/.experimaestro/stdout-2.log", "../../4567/out");

        assertThat(fetch()).contains("stdout-2.log");
        assertThat(Files.exists(root.resolve(JOB + "/.experimaestro/stdout-2.log"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "classpath.txt",
                "handed-1.json",
                "ended-1.json",
                "params.json",
                "attempt-0.json",
                "attempt-99999999999.json",
                "process-1.json.reserved",
                "settings.yaml",
                "deeper/stdout-1.log"
            })
    void fetch_ownFileThatIsNotTheHosts_isNotTaken(String name) throws Exception {
        write(there, JOB + "/.experimaestro/" + name, "of the host");
        fetch();
        assertThat(root.resolve(JOB + "/.experimaestro/" + name)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {".EXPERIMAESTRO", ".experimaestro\u200d", ".Experimaestro", ".ex\ufeffperimaestro"})
    void fetch_nameThatSomeFileSystemsTakeForOurs_isRefused(String name) throws Exception {
        write(there, JOB + "/" + name + "/params.json", "of the host");
        assertThat(fetch()).contains("params.json");
        assertThat(root.resolve(JOB + "/" + name)).doesNotExist();
    }

    @Test
    void fetch_markerBelowALinkToAnotherJob_isNotWrittenThere() throws Exception {
        // The host lists, and packs, files that find and tar would only show behind the link.
        write(root, OTHER + "/.experimaestro/params.json", "{}");
        write(there, JOB + "/sub/.experimaestro/done.json", "forged");
        Files.createDirectories(root.resolve(JOB));
        Files.createSymbolicLink(root.resolve(JOB + "/sub"), Path.of("../4567"));

        assertThat(fetch()).contains("sub/.experimaestro/done.json").contains("link");
        assertThat(root.resolve(OTHER + "/.experimaestro/done.json")).doesNotExist();
        assertThat(root.resolve(JOB + "/.experimaestro/done.json")).exists();
    }

    @Test
    void fetch_nestedWorkspace_isOrdinaryFiles() throws Exception {
        write(there, JOB + "/sub/.experimaestro/done.json", "of a plan in the job");
        assertThat(fetch()).isEmpty();
        assertThat(root.resolve(JOB + "/sub/.experimaestro/done.json")).hasContent("of a plan in the job");
    }

    @Test
    void fetch_folderBehindALinkOut_isNotMadeThere() throws Exception {
        Files.createDirectories(there.resolve(JOB + "/out/deep/er"));
        Files.createDirectories(root.resolve(JOB));
        Files.createSymbolicLink(root.resolve(JOB + "/out"), secret.getParent());

        assertThat(fetch()).contains(JOB + "/out");
        assertThat(secret.resolveSibling("deep")).doesNotExist();
    }

    @Test
    void fetch_fileBehindALinkOut_isNeitherReadNorChanged() throws Exception {
        // Size and content are the same, so that only permissions would be set.
        Path theirs = write(there, JOB + "/out/id_rsa", "SECRET");
        Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.createDirectories(root.resolve(JOB));
        Files.createSymbolicLink(root.resolve(JOB + "/out"), secret.getParent());

        assertThat(fetch()).contains(JOB + "/out/id_rsa");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
    }

    @Test
    void fetch_processThatIsALinkHere_doesNotRenewItsTarget() throws Exception {
        Instant before = Instant.ofEpochSecond(1_700_000_000);
        Files.setLastModifiedTime(secret, FileTime.from(before));
        write(there, JOB + "/.experimaestro/process-1.json", "{}");
        Files.createDirectories(root.resolve(JOB + "/.experimaestro"));
        Files.createSymbolicLink(root.resolve(JOB + "/.experimaestro/process-1.json"), secret);

        fetch();
        assertThat(Files.getLastModifiedTime(secret).toInstant()).isEqualTo(before);
    }

    @Test
    void fetch_jobFolderThatIsALinkOut_isRefused() throws Exception {
        Files.createDirectories(root.resolve("jobs"));
        Files.createSymbolicLink(root.resolve("jobs/type"), secret.getParent());
        assertThat(fetch()).contains("leads out of the workspace");
        assertThat(secret.resolveSibling("0123")).doesNotExist();
    }

    @Test
    void fetch_fileWhereAFolderIsAndTheReverse_areRefusedAndTheRestArrives() throws Exception {
        write(there, JOB + "/a", "a file");
        write(there, JOB + "/b/c", "in a folder");
        Files.createDirectories(there.resolve(JOB + "/d/e"));
        write(root, JOB + "/a/inside", "x");
        write(root, JOB + "/b", "x");
        write(root, JOB + "/d", "x");

        assertThat(fetch()).contains(JOB + "/a", JOB + "/b/c", JOB + "/d/e");

        assertThat(root.resolve(JOB + "/a/inside")).exists();
        assertThat(root.resolve(JOB + "/b")).hasContent("x");
        assertThat(root.resolve(JOB + "/good")).hasContent("fetched");
        assertThat(root.resolve(JOB + "/.experimaestro/done.json")).exists();
    }

    @ParameterizedTest
    @CsvSource({"6755, rwxr-xr-x", "0000, r--------", "0777, rwxrwxr-x", "1666, rw-rw-r--", "0600, rw-------"})
    void fetch_modes_areThoseOfAFileThatOnlyOthersOfTheGroupMayChange(String mode, String expected) throws Exception {
        Path file = write(there, JOB + "/file", "x");
        new ProcessBuilder("chmod", mode, file.toString()).start().waitFor();
        fetch();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(JOB + "/file"))))
                .isEqualTo(expected);
        assertThat((int) Files.getAttribute(root.resolve(JOB + "/file"), "unix:mode") & 07000)
                .isZero();
    }

    @Test
    void fetch_pipesAndOtherThings_areLeftThere() throws Exception {
        new ProcessBuilder("mkfifo", there.resolve(JOB + "/pipe").toString())
                .start()
                .waitFor();
        fetch();
        assertThat(root.resolve(JOB + "/good")).exists();
        assertThat(Files.exists(root.resolve(JOB + "/pipe"))).isFalse();
    }

    @Test
    void fetch_hostListsOtherFolders_takesNothingOfThem() throws Exception {
        write(there, OTHER + "/.experimaestro/done.json", "forged");
        write(there, "settings.yaml", "env: {LD_PRELOAD: x}");
        CopiedWorkspace lying = open("xargs() { command xargs \"$@\"; find ./" + OTHER + " ./settings.yaml ./" + JOB
                + "/../4567 -exec stat -c '%f %s %Y %n' {} +; }; export -f xargs");

        String problem = fetch(lying);

        assertThat(problem).contains("settings.yaml").contains("4567");
        assertThat(root.resolve("settings.yaml")).doesNotExist();
        assertThat(root.resolve(OTHER)).doesNotExist();
        assertThat(root.resolve(JOB + "/good")).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "81a4 99999999999999999999 1 ./" + JOB + "/x",
                "ffffffffffff 1 1 ./" + JOB + "/x",
                "81a4 1 99999999999999999999 ./" + JOB + "/x",
                "81a4 1 1 ",
            })
    void fetch_listingWithAbsurdNumbers_isRefused(String line) throws Exception {
        CopiedWorkspace lying =
                open("xargs() { command xargs \"$@\"; echo " + ShellText.quote(line) + "; }; export -f xargs");
        assertThatThrownBy(() -> fetch(lying)).isInstanceOf(RefusedException.class);
    }

    @Test
    void fetch_clockThatIsNone_isRefused() throws Exception {
        CopiedWorkspace lying = open("date() { echo 99999999999999999999; }; export -f date");
        assertThatThrownBy(() -> fetch(lying)).isInstanceOf(RefusedException.class);
    }

    @Test
    void fetch_fileFromBeforeUnixTime_arrives() throws Exception {
        Files.setLastModifiedTime(write(there, JOB + "/old", "x"), FileTime.from(Instant.ofEpochSecond(-1_000)));
        assertThat(fetch()).isEmpty();
        assertThat(root.resolve(JOB + "/old")).exists();
    }

    @Test
    void send_linkThatLeadsOut_isSentAsALinkAndNothingOutsideIsRead() throws Exception {
        Path corpus = write(folder, "private/corpus/part-1", "DATA").getParent();
        Files.createDirectories(root.resolve(OTHER));
        link(root, OTHER + "/file", secret.toString());
        link(root, OTHER + "/folder", "../../../../private/corpus");
        link(root, OTHER + "/through", "folder/part-1");

        workspace.send(List.of(root.resolve(OTHER)));

        assertThat(Files.readSymbolicLink(there.resolve(OTHER + "/file"))).isEqualTo(secret);
        assertThat(Files.readSymbolicLink(there.resolve(OTHER + "/folder"))).isEqualTo(corpus);
        assertThat(Files.readSymbolicLink(there.resolve(OTHER + "/through"))).isEqualTo(Path.of("folder/part-1"));
        assertThat(workspace.sendAndCount(List.of(root.resolve(OTHER)))).isZero();
    }

    @Test
    void send_folderThatIsReachedThroughALinkOut_isRefused() throws Exception {
        write(folder, "private/0123/file", "SECRET");
        Files.createDirectories(root.resolve("jobs"));
        Files.createSymbolicLink(root.resolve("jobs/type"), secret.getParent());

        assertThatThrownBy(() -> workspace.send(List.of(root.resolve(JOB))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("leads out of the workspace");
        assertThat(there.resolve(JOB + "/file")).doesNotExist();
    }

    @Test
    void send_folderThatBecomesALinkOutAfterItWasListed_isNotRead() throws Exception {
        write(root, OTHER + "/sub/id_rsa", "public");
        Path job = root.resolve(OTHER);
        LocalTree.Entry.Content content =
                (LocalTree.Entry.Content) LocalTree.of(root, (link, target) -> target.toString(), List.of(job))
                        .get(OTHER + "/sub/id_rsa");
        Files.move(job.resolve("sub"), job.resolve("moved"));
        Files.createSymbolicLink(job.resolve("sub"), secret.getParent());
        assertThatThrownBy(content::open).hasMessageContaining("leads out of the workspace");

        Files.delete(job.resolve("sub"));
        Files.createDirectory(job.resolve("sub"));
        Files.createSymbolicLink(job.resolve("sub/id_rsa"), secret);
        assertThatThrownBy(content::open).hasMessageContaining("a symbolic link is in the place of a file");
    }

    /** Fetches, and returns the files that the jobs' folder lacks afterwards, with the reasons. */
    private String fetch() throws Exception {
        return fetch(workspace);
    }

    private String fetch(CopiedWorkspace from) throws Exception {
        return from.fetch(List.of(root.resolve(JOB))).getOrDefault(root.resolve(JOB), "");
    }

    private static Path write(Path base, String path, String text) throws IOException {
        Path file = base.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static void link(Path base, String path, String target) throws IOException {
        Path link = base.resolve(path);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }
}
