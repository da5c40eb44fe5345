package org.experimaestro.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.experimaestro.workspace.JobState;
import org.junit.jupiter.api.Test;

class WireJsonTest {
    private record Part(Optional<String> note, OptionalDouble left) {}

    private record Whole(Part part, JobState state, Instant at, Duration time, Map<JobState, Integer> counts) {}

    private record Numbers(List<Object> values) {}

    @Test
    void of_recordOfRecords_isAnObjectWithoutWhatIsAbsent() {
        Whole whole = new Whole(
                new Part(Optional.empty(), OptionalDouble.of(0.5)),
                JobState.RUNNING,
                Instant.EPOCH,
                Duration.ofMillis(1500),
                Map.of(JobState.DONE, 2));

        assertThat(WireJson.of(whole))
                .isEqualTo(Map.of(
                        "part",
                        Map.of("left", 0.5),
                        "state",
                        "running",
                        "at",
                        "1970-01-01T00:00:00Z",
                        "time",
                        1.5,
                        "counts",
                        Map.of("done", 2)));
    }

    @Test
    void of_wholeNumberThatABrowserWouldRound_isText() {
        long exact = (1L << 53) - 1;

        assertThat(WireJson.of(new Numbers(List.of(exact, -exact, exact + 1, Long.MIN_VALUE, BigInteger.TWO.pow(80)))))
                .isEqualTo(Map.of(
                        "values",
                        List.of(
                                exact,
                                -exact,
                                "9007199254740992",
                                "-9223372036854775808",
                                "1208925819614629174706176")));
    }
}
