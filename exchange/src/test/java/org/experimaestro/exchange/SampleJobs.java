package org.experimaestro.exchange;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.experimaestro.exchange.ExchangedJob.Point;
import org.experimaestro.exchange.ExchangedJob.State;

/** Jobs with what other tools may stumble over. */
final class SampleJobs {
    static final Instant START = Instant.parse("2026-01-31T12:00:00.250Z");
    static final String ID = "0123456789abcdef0123456789abcdef";

    private SampleJobs() {}

    static ExchangedJob waiting() {
        return new ExchangedJob(
                "a.learn", ID, "", State.WAITING, Optional.empty(), Optional.empty(), Map.of(), Map::of, Map::of);
    }

    static ExchangedJob learn(State state, Map<String, Object> tags) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("optimizer.lr", 0.001);
        parameters.put("layers", 3L);
        parameters.put("name", "a: {b}\n\u00e9 \"c\" #d");
        parameters.put("isDeep", true);
        parameters.put("a/b", "slash");
        parameters.put("a_b", "underscore");
        return new ExchangedJob(
                "a.learn",
                ID,
                tags.isEmpty()
                        ? ""
                        : String.join(
                                " ",
                                new TreeMap<>(tags)
                                        .entrySet().stream()
                                                .map(Object::toString)
                                                .toList()),
                state,
                Optional.of(START),
                state == State.RUNNING ? Optional.empty() : Optional.of(START.plusSeconds(10)),
                new TreeMap<>(tags),
                () -> parameters,
                () -> Map.of(
                        "train/loss",
                        List.of(
                                new Point(START.plusMillis(500), 0, 2.5),
                                new Point(START.plusSeconds(1), 100, Double.NaN),
                                new Point(START.plusSeconds(2), 4_000_000_000L, 1e-300)),
                        "map",
                        List.of(new Point(START.plusSeconds(9), 0, 0.25))));
    }
}
