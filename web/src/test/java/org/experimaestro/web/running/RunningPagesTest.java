package org.experimaestro.web.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.experimaestro.web.ServedWorkspace;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The records of the pages that run: who can read them, and which of them are true. */
class RunningPagesTest {
    private static final ProcessIdentity SELF = ProcessIdentity.current();

    @TempDir
    Path folder;

    private RunningPages pages = new RunningPages(Path.of(""));

    @BeforeEach
    void open() {
        pages = new RunningPages(folder.resolve("state"));
    }

    @Test
    void start_whileTheServerListens_isOnRecordForItsOwnerAlone() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            Path file = served.server().record();

            assertThat(file.getFileName().toString())
                    .isEqualTo(SELF.host() + "-" + served.server().port() + ".json");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolveSibling(""))))
                    .isEqualTo("rwx------");
            assertThat(pages.of(served.server().page().workspace()))
                    .containsExactly(served.server().page());
            assertThat(served.server().page())
                    .returns(SELF, RunningPage::process)
                    .returns("http://127.0.0.1:" + served.server().port(), RunningPage::address);
        }
        assertThat(pages.all()).isEmpty();
    }

    @Test
    void close_recordOfALaterServerAtTheSamePlace_stays() throws IOException {
        ServedWorkspace served = ServedWorkspace.start(folder);
        RunningPage later = page("later", SELF, served.server().port());
        pages.add(later);

        served.close();

        assertThat(pages.all()).containsExactly(later);
    }

    @Test
    void all_recordOfAnEndedProcess_isRemoved() throws IOException {
        RunningPage living = page("living", SELF, 2);
        Path dead = pages.add(page("dead", ended(), 1));
        pages.add(living);

        assertThat(dead).as("removed by the next writer").doesNotExist();
        Path again = pages.add(page("dead", ended(), 3));
        assertThat(pages.all()).containsExactly(living);
        assertThat(again).as("removed by the next reader").doesNotExist();
    }

    @Test
    void all_pageOfAnotherHost_isListedButNotOfThisHost() throws IOException {
        ProcessIdentity elsewhere = new ProcessIdentity("far away", "another boot", 1, 1, "", "");
        RunningPage there = page("there", elsewhere, 12345);
        Path file = pages.add(there);
        RunningPage here = page("there", SELF, 12345);
        pages.add(here);

        assertThat(file.getFileName()).hasToString("far_away-12345.json");
        assertThat(pages.all()).containsExactlyInAnyOrder(there, here);
        assertThat(pages.of(there.workspace())).containsExactly(here);
    }

    @Test
    void all_fileThatIsNoRecord_isLeftAlone() throws IOException {
        Path file = pages.add(page("work", SELF, 1)).resolveSibling("other-1.json");
        for (String text : List.of("", "{}", "[1]", "{\"format\": 2}", "{\"format\": 1, \"workspace\": 3}")) {
            Files.writeString(file, text);
            assertThat(pages.all()).as(text).hasSize(1);
            assertThat(file).hasContent(text);
        }
    }

    @Test
    void all_withoutAnyRecord_makesNoFolder() throws IOException {
        assertThat(pages.all()).isEmpty();
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void newAddress_ofALivingServer_opensThePageOnce() throws IOException {
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            String address = client().newAddress(served.server().page());

            String target = address.substring(address.indexOf("/?"));
            assertThat(served.stranger().get(target).status()).isEqualTo(303);
            assertThat(served.stranger().get(target).status()).isEqualTo(401);
        }
    }

    @Test
    void newAddress_wrongTokenOrNoServer_isAnErrorWithItsReason() throws IOException {
        RunningPage page;
        try (ServedWorkspace served = ServedWorkspace.start(folder)) {
            page = served.server().page();
            RunningPage forged = new RunningPage(page.workspace(), page.address(), "wrong", SELF, false);
            assertThatThrownBy(() -> client().newAddress(forged)).hasMessage("it answers with status 401");
        }
        assertThatThrownBy(() -> client().newAddress(page)).isInstanceOf(IOException.class);
    }

    @Test
    void toString_ofAPage_hasNoToken() throws IOException {
        assertThat(page("work", SELF, 1).toString()).doesNotContain("secret");
    }

    private static PageClient client() {
        return new PageClient(Duration.ofMinutes(1));
    }

    private RunningPage page(String workspace, ProcessIdentity process, int port) throws IOException {
        Path work = Files.createDirectories(folder.resolve(workspace)).toRealPath();
        return new RunningPage(work.toString(), "http://127.0.0.1:" + port, "secret", process, false);
    }

    /** Returns a process of this host's present boot that has ended: none had the number of this one before. */
    private static ProcessIdentity ended() {
        return new ProcessIdentity(
                SELF.host(), SELF.boot(), SELF.pid(), SELF.start() + 100_000, SELF.machine(), SELF.processes());
    }
}
