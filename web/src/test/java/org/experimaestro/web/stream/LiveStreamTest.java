package org.experimaestro.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.experimaestro.core.json.Json;
import org.experimaestro.web.RawClient;
import org.experimaestro.web.ServedWorkspace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams of a real server. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LiveStreamTest {
    @TempDir
    Path folder;

    private ServedWorkspace served;
    private RawClient client;

    @BeforeEach
    void begin() throws IOException {
        served = ServedWorkspace.start(folder);
        client = served.script();
    }

    @AfterEach
    void end() throws IOException {
        served.close();
    }

    @Test
    void stream_itsBegin_hasAllAnswersAndABeat() throws IOException {
        try (Socket socket = client.openStream("/api/1/live?of=/api/1/workspace&of=workspace")) {
            BufferedReader events = events(socket);

            Map<?, ?> first = next(events, "answer");
            Map<?, ?> second = next(events, "answer");
            Map<?, ?> beat = next(events, "beat");

            assertThat(first.get("of")).isEqualTo(0L);
            assertThat(second.get("of")).isEqualTo(1L);
            assertThat(first.get("answer")).isEqualTo(second.get("answer"));
            assertThat(beat.get("program")).isEqualTo("test");
            assertThat(Instant.parse((String) beat.get("at"))).isAfter(Instant.EPOCH);
        }
    }

    @Test
    void stream_unknownPathAmongOthers_isAProblemOfItsOwn() throws IOException {
        // The windows of one browser share a stream: an old one must not end that of the others.
        try (Socket socket = client.openStream("/api/1/live?of=gone/by&of=workspace")) {
            BufferedReader events = events(socket);

            Map<?, ?> first = next(events, "answer");
            Map<?, ?> second = next(events, "answer");

            assertThat(first.get("problem").toString()).contains("/api/1/gone/by");
            assertThat(((Map<?, ?>) first.get("problem")).get("status")).isEqualTo(404L);
            assertThat(second.containsKey("answer")).isTrue();
        }
        assertThat(client.get("/api/1/live?of=gone/by&of=gone").status()).isEqualTo(400);
        assertThat(client.get("/api/1/live?of=../by&of=workspace").status()).isEqualTo(400);
    }

    @Test
    void stream_workspaceThatChanges_sendsTheWholeAnswerAgain() throws IOException {
        try (Socket socket = client.openStream("/api/1/live?of=workspace")) {
            BufferedReader events = events(socket);
            assertThat(jobs(next(events, "answer"))).isEqualTo(1L);

            served.written().done("sample.learn", 2, Instant.now(), Map.of());

            assertThat(jobs(next(events, "answer"))).isEqualTo(2L);
        }
    }

    @Test
    void stream_nothingThatChanges_beatsWithoutAnswers() throws IOException {
        try (Socket socket = client.openStream("/api/1/live?of=workspace")) {
            BufferedReader events = events(socket);
            next(events, "answer");

            Object begun = next(events, "beat").get("at");
            Map<?, ?> later = nextOfAny(events);
            while (Objects.equals(later.get("at"), begun)) {
                later = nextOfAny(events);
            }

            assertThat(later.get("of")).isNull();
        }
    }

    @Test
    void stream_afterAnAction_sendsWhatNoIndexSees() throws IOException {
        try (Socket socket = client.openStream("/api/1/live?of=jobs/rows")) {
            BufferedReader events = events(socket);
            assertThat(next(events, "answer").toString()).contains("pinned=false");

            String pin = "{\"jobs\":[\"" + served.job().name() + "\"],\"reason\":\"kept\"}";
            assertThat(client.post("/api/1/actions/pin", pin).status()).isEqualTo(200);
            assertThat(next(events, "answer").toString()).contains("pinned=true");

            try (Socket second = client.openStream("/api/1/live?of=jobs/rows&of=jobs%3Fby%3Dpinned")) {
                BufferedReader later = events(second);
                assertThat(next(later, "answer").toString()).contains("pinned=true");
                assertThat(next(later, "answer").toString()).contains("pinned=yes");
            }
        }
    }

    @Test
    void stream_openedLater_beginsWithWhatHasHappenedMeanwhile() throws IOException {
        try (Socket socket = client.openStream("/api/1/live?of=workspace")) {
            assertThat(jobs(next(events(socket), "answer"))).isEqualTo(1L);
        }
        for (int job = 2; job < 6; job++) {
            served.written().done("sample.learn", job, Instant.now(), Map.of());
            try (Socket socket = client.openStream("/api/1/live?of=workspace")) {
                BufferedReader events = events(socket);
                Object jobs = jobs(next(events, "answer"));
                while (!Objects.equals(jobs, (long) job)) {
                    jobs = jobs(next(events, "answer"));
                }
            }
        }
    }

    @Test
    void workspace_afterTheStream_isReadWhenItIsAsked() throws IOException {
        client.openStream("/api/1/live?of=workspace").close();

        served.written().done("sample.learn", 3, Instant.now(), Map.of());

        String answer = client.get("/api/1/workspace").body();
        while (!answer.contains("\"jobs\":2")) {
            answer = client.get("/api/1/workspace").body();
        }
        assertThat(answer).contains("\"readOnly\":false");
    }

    private static @Nullable Object jobs(Map<?, ?> event) {
        return Objects.requireNonNull((Map<?, ?>) event.get("answer")).get("jobs");
    }

    private static BufferedReader events(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Returns the data of the next event of a name. */
    private static Map<?, ?> next(BufferedReader events, String name) throws IOException {
        String line = events.readLine();
        while (!line.equals("event: " + name)) {
            line = events.readLine();
        }
        return data(events.readLine());
    }

    private static Map<?, ?> nextOfAny(BufferedReader events) throws IOException {
        String line = events.readLine();
        while (!line.startsWith("data: ")) {
            line = events.readLine();
        }
        return data(line);
    }

    private static Map<?, ?> data(String line) {
        assertThat(List.of(line)).allMatch(text -> text.startsWith("data: "));
        return Objects.requireNonNull((Map<?, ?>) Json.parse(line.substring("data: ".length())));
    }
}
