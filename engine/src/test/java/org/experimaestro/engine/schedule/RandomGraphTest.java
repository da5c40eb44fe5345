package org.experimaestro.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random graphs and events, against the reference. A failure is made small, and can be played again by its text. */
@Timeout(300)
final class RandomGraphTest {
    private static final int GRAPHS = 400;
    private static final int EVENTS = 60;
    private static final List<String> LIMITS = List.of("x", "y", "z");

    /** A graph and its events, as text. */
    private record Game(String graph, List<String> events) {
        /** Returns how the scheduler differs from the reference after some event; empty if it never does. */
        String difference() {
            try (GraphPlay play = new GraphPlay(GraphText.parse(graph))) {
                for (String event : events) {
                    play.play(event);
                    String difference = play.difference();
                    if (!difference.isEmpty()) {
                        return "after " + event + ": " + difference;
                    }
                }
                return "";
            }
        }

        /** Returns a game with the same fault, and with as few events as leaving one out at a time gives. */
        Game smallest() {
            for (int i = 0; i < events.size(); i++) {
                List<String> fewer = new ArrayList<>(events);
                fewer.remove(i);
                Game smaller = new Game(graph, fewer);
                if (!smaller.difference().isEmpty()) {
                    return smaller.smallest();
                }
            }
            return this;
        }
    }

    @Test
    void randomGraphs_dependenciesAndPriorities_goAsTheReference() {
        play(true);
    }

    @Test
    void randomGraphs_equalPriorities_goInTheOrderOfTheirTurns() {
        play(false);
    }

    private static void play(boolean hasDependencies) {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Game game = game(new Random(seed), hasDependencies);
            String difference = game.difference();
            if (!difference.isEmpty()) {
                Game smallest = game.smallest();
                assertThat(smallest.difference())
                        .as("seed %d: %s", seed, smallest)
                        .isEmpty();
            }
        }
    }

    private static Game game(Random random, boolean hasDependencies) {
        int jobs = 2 + random.nextInt(9);
        StringBuilder graph = new StringBuilder();
        for (String limit : LIMITS) {
            graph.append("limit ")
                    .append(limit)
                    .append('=')
                    .append(1 + random.nextInt(3))
                    .append("; ");
        }
        for (int job = 0; job < jobs; job++) {
            graph.append("j").append(job).append(':');
            if (random.nextInt(4) > 0) {
                graph.append(" lane=").append(LIMITS.get(random.nextInt(LIMITS.size())));
            }
            graph.append(" demand=").append(1 + random.nextInt(3));
            // A job is at least as urgent as those that depend on it, and no two of these are equal.
            int priority = hasDependencies ? 100 - job : random.nextInt(3);
            graph.append(" priority=").append(priority);
            graph.append(" minutes=").append(random.nextInt(6)).append("; ");
            for (int consumer = job + 1; hasDependencies && consumer < jobs; consumer++) {
                if (random.nextInt(4) == 0) {
                    graph.append("j")
                            .append(job)
                            .append(" -> j")
                            .append(consumer)
                            .append("; ");
                }
            }
        }
        List<String> events = new ArrayList<>();
        for (int job = 0; job < jobs; job++) {
            events.add(random.nextInt(4) == 0 && job > 0 ? event(random, jobs, hasDependencies) : "submit j" + job);
            events.add("submit j" + job);
        }
        for (int i = 0; i < EVENTS; i++) {
            events.add(event(random, jobs, hasDependencies));
        }
        return new Game(graph.toString(), events);
    }

    private static String event(Random random, int jobs, boolean hasDependencies) {
        String job = "j" + random.nextInt(jobs);
        return switch (random.nextInt(12)) {
            case 0 -> "fail " + job;
            case 1 -> "again " + job + " 0";
            case 2 -> "again " + job + " " + (1 + random.nextInt(5));
            case 3, 4 -> "advance " + random.nextInt(4);
            case 5 -> "retry " + job;
            case 6 -> "resize " + LIMITS.get(random.nextInt(LIMITS.size())) + " " + (1 + random.nextInt(4));
            case 7 -> hasDependencies ? lateDependency(random, jobs) : "end " + job;
            default -> "end " + job;
        };
    }

    private static String lateDependency(Random random, int jobs) {
        int consumer = 1 + random.nextInt(jobs - 1);
        return "depend j" + consumer + " j" + random.nextInt(consumer);
    }
}
