package org.experimaestro.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All orders of the events of small graphs: the ends of their jobs, delays that are over, and what comes from outside.
 * Each two events that follow each other also come at once, so that the scheduler handles the second one in the state
 * that the first one has left.
 */
@Timeout(300)
@Tag("thorough")
final class InterleavingTest {
    private static final int MOST_EVENTS = 8;

    /** A graph, and the events from outside, each of which comes once, at any time. */
    enum Scene {
        END_AND_RETRY_REQUEST("a -> b; a: fails=1", "retry a", "retry b"),
        END_AND_CLOSE("a -> b; c: fails=1 again=5", "close"),
        DELAY_AND_CLOSE("limit gpu=1; a: lane=gpu fails=1 again=5; b: lane=gpu", "close", "retry a"),
        DELAY_AND_REQUEST("limit gpu=1; a: lane=gpu fails=1 again=5; b: lane=gpu", "retry a", "resize gpu 2"),
        TIME_LIMIT("a: minutes=9 fails=1 again=5; b: minutes=9", "retry a"),
        TWO_DELAYS("limit gpu=1; a: lane=gpu fails=1 again=5; b: lane=gpu fails=1 again=5", "retry b"),
        LATE_DEPENDENCY("a; b -> c", "depend a b", "depend c a"),
        LATE_DEPENDENCY_ON_ONE_THAT_FAILS("a: fails=1 again=5; b: fails=1", "depend a b", "retry b"),
        LATE_DEPENDENCY_OF_ONE_THAT_IS_READY(
                "limit gpu=1; a: lane=gpu priority=3; b: lane=gpu priority=2; c: lane=gpu priority=1", "depend c b"),
        CIRCLE("a: fails=1 again=5; b: fails=1 again=5", "depend a b", "depend b a"),
        SMALLER_LIMIT_WHILE_JOBS_WAIT(
                "limit gpu=2; a: lane=gpu; b: lane=gpu; c: lane=gpu; d: lane=gpu demand=2", "resize gpu 1"),
        LARGER_LIMIT_WHILE_JOBS_WAIT(
                "limit gpu=1; a: lane=gpu; b: lane=gpu priority=1; c: lane=gpu demand=2",
                "resize gpu 3",
                "resize gpu 1"),
        PRIORITY_OF_THOSE_THAT_WAKE(
                "limit gpu=1; a -> b c; a: priority=9; b: lane=gpu priority=1; c: lane=gpu priority=2; d: lane=gpu"),
        DIAMOND_WITH_A_FAILURE("a -> b c; b -> d; c -> d; b: fails=1; c: fails=1", "retry b", "retry c");

        private final GraphText graph;
        private final List<String> outside;

        Scene(String graph, String... outside) {
            this.graph = GraphText.parse(graph);
            this.outside = List.of(outside);
        }
    }

    private int plays;

    @ParameterizedTest
    @EnumSource
    void anyOrderOfEvents_isThatOfTheReference(Scene scene) {
        playOn(scene, new ArrayList<>(), scene.outside);

        assertThat(plays).isGreaterThan(1);
    }

    /** Plays the events, and again with each of those that may be the next one. */
    private void playOn(Scene scene, List<String> events, List<String> outside) {
        plays++;
        List<String> next = new ArrayList<>(outside);
        try (GraphPlay play = new GraphPlay(scene.graph).submitAll()) {
            events.forEach(play::play);
            assertThat(play.difference()).as("%s after %s", scene, events).isEmpty();
            if (play.isClosed() || events.size() == MOST_EVENTS) {
                return;
            }
            next.addAll(play.next());
            assertThat(!next.isEmpty() || play.isOver())
                    .as("%s has come to its end after %s", scene, events)
                    .isTrue();
        }
        for (String one : next) {
            List<String> left = without(outside, one);
            playOn(scene, with(events, one), left);
            if (events.size() % 2 == 0) {
                for (String other : next) {
                    if (!other.equals(one) && !one.equals("close") && !other.equals("close")) {
                        playOn(scene, with(events, one + " | " + other), without(left, other));
                    }
                }
            }
        }
    }

    private static List<String> with(List<String> events, String next) {
        List<String> more = new ArrayList<>(events);
        more.add(next);
        return more;
    }

    private static List<String> without(List<String> events, String one) {
        List<String> left = new ArrayList<>(events);
        left.remove(one);
        return left;
    }

    @Test
    void parse_textOfAGraph_hasItsJobsAndLimits() {
        GraphText graph =
                GraphText.parse("limit gpu=2; a -> b c; d: lane=gpu demand=2 priority=3 fails=1 again=5 minutes=9");

        assertThat(graph.limits()).containsEntry("gpu", 2);
        assertThat(graph.nodes()).extracting(GraphText.Node::name).containsExactly("a", "b", "c", "d");
        assertThat(graph.find("c").dependencies()).containsExactly("a");
        GraphText.Node last = graph.find("d");
        assertThat(List.of(last.demand(), last.priority(), last.fails(), last.again(), last.minutes()))
                .containsExactly(2, 3, 1, 5, 9);
        assertThat(last.lane()).isEqualTo("gpu");
    }
}
