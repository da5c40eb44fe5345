package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.disturbance.OtherUser;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunRequestsTest {
    @TempDir
    private Path place;

    private RunFolder run;
    private RunRequests requests;

    @BeforeEach
    void beginRun() throws IOException {
        run = Workspace.open(place).experiment("trial").newRun(Instant.parse("2026-11-28T12:00:00Z"));
        requests = new RunRequests(run);
        requests.open();
    }

    private Path file(String name) {
        return run.path().resolve("requests").resolve(name);
    }

    @Test
    void send_eachKind_isReadAsItWas_andIsOneFile() throws IOException {
        for (RunRequest request : List.of(
                new RunRequest.Stop(),
                new RunRequest.Pause(),
                new RunRequest.Resume(),
                new RunRequest.Jobs(3),
                new RunRequest.Retry("trial.step/0123"))) {
            String name = requests.send(request);

            assertThat(requests.unanswered()).containsExactly(name);
            assertThat(requests.read(name).request()).isEqualTo(request);
            assertThat(requests.read(name).user()).isEqualTo(System.getProperty("user.name"));
            assertThat(requests.owner(name).isThisUser()).isTrue();
            assertThat(Files.readString(file(name + ".json")))
                    .contains("\"format\": 2", "\"time\": \"20", "\"run\": \"trial/" + run.name() + "\"");
            requests.answer(name, new RunRequests.Answer(true, "yes"), Instant.now());
        }
    }

    @Test
    void answer_isFound_andTheRequestIsOpenNoLonger() throws IOException {
        String name = requests.send(new RunRequest.Stop());
        assertThat(requests.findAnswer(name)).isEmpty();
        requests.answer(name, new RunRequests.Answer(false, "no"), Instant.parse("2026-11-23T21:56:17.339Z"));

        assertThat(requests.findAnswer(name)).contains(new RunRequests.Answer(false, "no"));
        assertThat(requests.unanswered()).isEmpty();
        assertThat(Files.readString(file(name + ".answer.json")))
                .contains("\"answer\": \"refused\"", "\"time\": \"2026-11-23T21:56:17.339Z\"");
    }

    @Test
    void answer_ofAnotherUserThanTheRuns_isNone() throws IOException {
        OtherUser other = OtherUser.find().orElse(null);
        Assumptions.assumeTrue(other != null, "another user can only be played by root");
        String name = requests.send(new RunRequest.Stop());
        requests.answer(name, new RunRequests.Answer(true, "the run stops"), Instant.now());
        other.own(file(name + ".answer.json"));

        assertThat(requests.findAnswer(name)).isEmpty();
        assertThat(requests.unanswered()).containsExactly(name);
    }

    @Test
    void withdraw_takesItBack() throws IOException {
        requests.withdraw(requests.send(new RunRequest.Stop()));

        assertThat(requests.unanswered()).isEmpty();
    }

    @Test
    void stamp_isAnotherOneAfterARequest() throws IOException {
        Files.setLastModifiedTime(file(""), java.nio.file.attribute.FileTime.fromMillis(0));
        var before = requests.stamp();
        requests.send(new RunRequest.Stop());

        assertThat(requests.stamp()).isNotEqualTo(before);
    }

    @Test
    void unanswered_otherFiles_areNone() throws IOException {
        Files.writeString(file(".tmp-1-x.json"), "");
        Files.writeString(file("note.txt"), "");
        Files.writeString(file("a b.json"), "");

        assertThat(requests.unanswered()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{\"format\": 3}",
                "{\"format\": 2}",
                "{\"format\": 2, \"request\": \"stop\", \"run\": \"trial/other\", \"name\": \"x\", \"time\":"
                        + " \"2026-11-23T21:56:17.339Z\", \"user\": \"\"}",
                "{\"format\": 2, \"request\": \"jobs\", \"value\": 0, \"run\": \"trial/RUN\", \"name\": \"x\", \"time\":"
                        + " \"2026-11-23T21:56:17.339Z\", \"user\": \"\"}",
                "{\"format\": 2, \"request\": \"stop\", \"run\": \"trial/RUN\", \"name\": \"x\", \"time\": \"now\","
                        + " \"user\": \"\"}",
            })
    void read_whatIsNoRequestToThisRun_isRefused(String text) throws IOException {
        Files.writeString(file("x.json"), text.replace("RUN", run.name()));

        assertThatThrownBy(() -> requests.read("x"))
                .isInstanceOfAny(JsonException.class, IllegalArgumentException.class);
    }

    @Test
    void read_linkOrHugeFile_isRefused() throws IOException {
        Files.createSymbolicLink(file("link.json"), Files.writeString(place.resolve("private"), "{}"));
        Files.writeString(file("huge.json"), " ".repeat(70_000));

        assertThatThrownBy(() -> requests.read("link")).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> requests.read("huge")).isInstanceOf(FileSystemException.class);
    }

    @Test
    void send_runThatTakesNone_isNotWritten() throws IOException {
        RunFolder other = Workspace.open(place).experiment("trial").newRun(Instant.parse("2026-11-28T12:00:00Z"));
        assertThatThrownBy(() -> new RunRequests(other).send(new RunRequest.Stop()))
                .isInstanceOf(NoSuchFileException.class);

        Files.createSymbolicLink(other.path().resolve("requests"), place);
        assertThatThrownBy(() -> new RunRequests(other).send(new RunRequest.Stop()))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("a symbolic link");
    }

    @Test
    void answer_linkInThePlaceOfTheFolder_isNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(place.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("settings.json"), "{}");
        Files.delete(file(""));
        Files.createSymbolicLink(run.path().resolve("requests"), elsewhere);

        assertThatThrownBy(() -> requests.unanswered()).hasMessageContaining("a symbolic link");
        assertThatThrownBy(() -> requests.answer("settings", new RunRequests.Answer(true, ""), Instant.now()))
                .hasMessageContaining("a symbolic link");
        assertThat(elsewhere.resolve("settings.answer.json")).doesNotExist();
    }

    @Test
    void findSilence_eachState_isSaid() throws IOException {
        assertThat(requests.findSilence()).contains("has not begun, or could write nothing");
        run.describe(Map.of("process", ProcessIdentity.current().toJson()));
        assertThat(requests.findSilence()).isEmpty();

        ProcessIdentity self = ProcessIdentity.current();
        ProcessIdentity gone = new ProcessIdentity(
                self.host(), self.boot(), self.pid(), self.start() + 1, self.machine(), self.processes());
        run.describe(Map.of("process", gone.toJson()));
        assertThat(requests.findSilence().orElseThrow()).startsWith("is gone, with its process ");
        run.describe(Map.of("ended", "2026-11-23T21:56:17.339Z"));
        assertThat(requests.findSilence()).contains("has ended");
        run.describe(Map.of("outcome", "KILLED"));
        assertThat(requests.findSilence()).contains("has ended");
    }
}
