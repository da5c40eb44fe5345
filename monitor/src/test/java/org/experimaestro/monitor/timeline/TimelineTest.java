package org.experimaestro.monitor.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Instant START = Instant.parse("2026-03-18T09:42:00Z");

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private static JobSpan span(String job, int ready, int from, @Nullable Integer to) {
        return new JobSpan(job, 1, at(ready), at(from), to == null ? null : at(to), null);
    }

    @Test
    void lane_spansThatOverlap_areInDifferentRows_andARowIsUsedAgain() {
        TimeLane lane = TimeLane.of(List.of(
                span("b", 0, 5, 10),
                span("a", 0, 0, 10),
                span("c", 0, 10, 20),
                span("d", 0, 12, null),
                span("e", 0, 99, 100)));

        assertThat(lane.bars().stream().map(bar -> bar.spans().getFirst().job()))
                .containsExactly("a", "b", "c", "d", "e");
        assertThat(lane.bars().stream().map(TimeLane.Bar::row).distinct()).hasSize(2);
        for (TimeLane.Bar one : lane.bars()) {
            for (TimeLane.Bar other : lane.bars()) {
                boolean overlap = one != other
                        && one.spans()
                                .getFirst()
                                .from()
                                .isBefore(other.spans().getFirst().end().orElse(Instant.MAX))
                        && other.spans()
                                .getFirst()
                                .from()
                                .isBefore(one.spans().getFirst().end().orElse(Instant.MAX));
                assertThat(overlap && one.row() == other.row()).isFalse();
            }
        }
    }

    @Test
    void merged_shortBarsThatFollowEachOther_becomeOne_andLongOnesStay() {
        List<JobSpan> spans = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            spans.add(span("short" + i, 0, 2 * i, 2 * i + 1));
        }
        spans.add(span("long", 0, 20, 100));
        spans.add(span("runs", 0, 101, null));

        TimeLane merged = TimeLane.of(spans).merged(Duration.ofSeconds(3));

        assertThat(merged.bars().stream().map(bar -> bar.spans().size())).containsExactly(10, 1, 1);
        assertThat(merged.bars().getFirst().spans().getLast().job()).isEqualTo("short9");
    }

    @Test
    void queue_turns_changeTheNumbersAtTheirTimes() {
        RunSpans.Turns turns =
                new RunSpans.Turns(List.of(span("a", 0, 1, 5), span("b", 0, 5, null)), Map.of("c", at(2)));

        assertThat(QueueCounts.of(turns))
                .containsExactly(
                        new QueueCounts(at(0), 2, 0),
                        new QueueCounts(at(1), 1, 1),
                        new QueueCounts(at(2), 2, 1),
                        new QueueCounts(at(5), 1, 1));
    }

    @Test
    void criticalPath_leadsBackOverTheDependenciesThatEndedLast() {
        Map<String, List<String>> dependencies = Map.of("d", List.of("b", "c"), "c", List.of("a"), "b", List.of());
        List<JobSpan> spans = List.of(
                span("a", 0, 0, 10),
                span("b", 0, 0, 12),
                span("c", 10, 10, 30),
                span("d", 30, 31, 40),
                span("other", 0, 0, 39),
                span("runs", 0, 0, null));

        assertThat(CriticalPath.of(spans, job -> dependencies.getOrDefault(job, List.of())))
                .extracting(JobSpan::job)
                .containsExactly("a", "c", "d");
        assertThat(CriticalPath.of(List.of(), job -> List.of())).isEmpty();
    }
}
