package org.experimaestro.web.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of forwards, with a host that answers what it is told. */
@Timeout(120)
class ServiceForwardsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Response GONE = Response.of(new HttpProblem(409, "it is not ready"));

    private final FakeFarHost host = FakeFarHost.running((in, out) -> {});
    private volatile Response answer = at(4711);
    private final ServiceForwards forwards = new ServiceForwards(host, this::answer, Duration.ofMillis(5));
    /** One that looks only when it is asked. */
    private final ServiceForwards still = new ServiceForwards(host, this::answer, Duration.ofHours(1));

    @AfterEach
    void close() {
        forwards.close();
        still.close();
        host.close();
    }

    private Response answer(Request question) {
        return answer;
    }

    private static Response at(int port) {
        return Response.json(200, Map.of("host", "far", "port", port, "path", "/", "address", "http://127.0.0.1:80/"));
    }

    private static Request asked(String name) {
        List<String> path = List.of("api", "1", "runs", "grid", "latest", "services", name, "address");
        return new Request("GET", path, Query.NONE, Map.of(), "");
    }

    @Test
    void answer_serviceThatEnds_isForwardedNoMore() throws IOException {
        assertThat(forwards.answer(asked("board"), at(4711)).status()).isEqualTo(200);
        assertThat(host.forwarded()).containsExactly(4711);

        answer = Response.of(new HttpProblem(503, "the connection is lost"));
        assertThat(forwards.answer(asked("board"), answer).status()).isEqualTo(503);
        assertThat(host.forwarded()).containsExactly(4711);
        answer = GONE;
        Await.until("the forward to end", PATIENCE, () -> host.forwarded().isEmpty());

        answer = at(4712);
        assertThat(forwards.answer(asked("board"), answer).status()).isEqualTo(200);
        answer = at(4713);
        Await.until("the forward to end again", PATIENCE, () -> host.forwarded().isEmpty());
    }

    @Test
    void answer_addressIsAskedAgain_endsWhatIsNotThere() throws IOException {
        still.answer(asked("board"), at(4711));
        still.answer(asked("board"), at(4712));
        assertThat(host.forwarded()).containsExactly(4712);
        assertThat(still.answer(asked("board"), GONE).status()).isEqualTo(409);
        assertThat(host.forwarded()).isEmpty();
    }

    /** The latest run has two names. */
    @Test
    void answer_twoNamesOfAService_forwardItAsLongAsOneIsThere() throws IOException {
        still.answer(asked("board"), at(4711));
        still.answer(asked("same"), at(4711));
        still.answer(asked("board"), GONE);
        assertThat(host.forwarded()).containsExactly(4711);
        still.answer(asked("same"), GONE);
        assertThat(host.forwarded()).isEmpty();
    }

    @Test
    void answer_afterTheEnd_isRefused() {
        still.close();
        assertThatThrownBy(() -> still.answer(asked("board"), at(4711))).hasMessageContaining("this view ends");
        assertThat(host.forwarded()).isEmpty();
    }
}
