package org.experimaestro.finder;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.experimaestro.finder.FileLauncher.Dynamic;
import org.experimaestro.settings.Texts;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/** A selector for dynamic launchers. Thread-safe. */
final class DynamicChoice {
    /** The longest time of a command that prints new numbers. */
    static final Duration REFRESH_LIMIT = Duration.ofSeconds(20);

    /** The largest number of characters of a command's error message, or of its wrong output. */
    private static final int LONGEST_PROBLEM = 1_000;

    private final Shell shell;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final Map<String, Numbers> refreshed = new HashMap<>();

    /**
     * Creates a selector for the dynamic launchers of one file.
     *
     * @param shell the shell for commands that print new numbers
     * @param random the source of random numbers
     * @param clock the time, which decides when to run the commands again
     */
    DynamicChoice(Shell shell, RandomGenerator random, InstantSource clock) {
        this.shell = shell;
        this.random = random;
        this.clock = clock;
    }

    /** The numbers of a dynamic launcher, and the time of their last refresh. */
    private record Numbers(Map<String, Double> among, Instant since, Optional<String> notice) {}

    /**
     * A choice.
     *
     * @param launcher the name of the launcher
     * @param notice a notice about the choice for the user
     */
    record Chosen(String launcher, Optional<String> notice) {}

    /** Chooses one of the launchers that meet a request; there is at least one. */
    synchronized Chosen choose(Dynamic dynamic, List<String> matching) {
        Numbers numbers = numbers(dynamic);
        List<String> ordered =
                numbers.among().keySet().stream().filter(matching::contains).toList();
        String chosen = switch (dynamic.choice()) {
            case PRIORITY -> highest(ordered, numbers.among());
            case SAMPLE -> sample(ordered, numbers.among());
        };
        return new Chosen(chosen, numbers.notice());
    }

    private String highest(List<String> names, Map<String, Double> numbers) {
        double most =
                names.stream().mapToDouble(name -> number(numbers, name)).max().orElseThrow();
        List<String> best =
                names.stream().filter(name -> number(numbers, name) == most).toList();
        return best.get(random.nextInt(best.size()));
    }

    private String sample(List<String> names, Map<String, Double> numbers) {
        // The numbers are divided by the largest, because their sum may exceed a double.
        double most =
                names.stream().mapToDouble(name -> number(numbers, name)).max().orElseThrow();
        double sum =
                names.stream().mapToDouble(name -> number(numbers, name) / most).sum();
        double rest = random.nextDouble() * sum;
        for (String name : names) {
            rest -= number(numbers, name) / most;
            if (rest < 0) {
                return name;
            }
        }
        // Only rounding can lead here.
        return names.getLast();
    }

    private static double number(Map<String, Double> numbers, String name) {
        return Objects.requireNonNull(numbers.get(name));
    }

    private Numbers numbers(Dynamic dynamic) {
        Numbers known =
                refreshed.getOrDefault(dynamic.name(), new Numbers(dynamic.among(), Instant.MIN, Optional.empty()));
        Instant now = clock.instant();
        boolean isOld =
                known.since().equals(Instant.MIN) || !now.isBefore(known.since().plus(dynamic.refreshEvery()));
        if (dynamic.refresh().isEmpty() || !isOld) {
            return known;
        }
        Numbers fresh = refresh(dynamic, known, now);
        refreshed.put(dynamic.name(), fresh);
        return fresh;
    }

    private Numbers refresh(Dynamic dynamic, Numbers known, Instant now) {
        String command = dynamic.refresh().orElseThrow();
        try {
            Shell.Output output = shell.run(command, REFRESH_LIMIT);
            if (!output.isSuccess()) {
                return failed(dynamic, known, now, output.complaint());
            }
            List<String> problems = new ArrayList<>();
            Map<String, Double> among = new LinkedHashMap<>(known.among());
            output.out().lines().filter(line -> !line.isBlank()).forEach(line -> {
                Optional<String> problem = read(line.strip(), dynamic, among);
                problem.ifPresent(problems::add);
            });
            return problems.isEmpty()
                    ? new Numbers(among, now, Optional.empty())
                    : failed(dynamic, known, now, String.join("; ", problems));
        } catch (UnreachableException exception) {
            return failed(dynamic, known, now, String.valueOf(exception.getMessage()));
        } catch (InterruptedException exception) {
            // An interruption means that the run has to end; the next wait of the run reports it.
            Thread.currentThread().interrupt();
            return known;
        }
    }

    private static Optional<String> read(String line, Dynamic dynamic, Map<String, Double> among) {
        String[] words = line.split("\\s+");
        String expected = FileCheck.expected(dynamic.choice());
        if (words.length != 2) {
            return Optional.of("expected a name and %s, found %s".formatted(expected, Texts.quote(line)));
        }
        if (!dynamic.among().containsKey(words[0])) {
            return Optional.of("%s is not among its launchers: %s"
                    .formatted(Texts.quote(words[0]), Texts.list(dynamic.among().keySet())));
        }
        try {
            double number = Double.parseDouble(words[1]);
            if (FileCheck.isNumber(dynamic.choice(), number)) {
                among.put(words[0], number);
                return Optional.empty();
            }
        } catch (NumberFormatException exception) {
            // The problem is reported below, with the values expected.
        }
        return Optional.of("expected %s for %s, found %s".formatted(expected, words[0], Texts.quote(words[1])));
    }

    private static Numbers failed(Dynamic dynamic, Numbers known, Instant now, String problem) {
        return new Numbers(
                known.among(),
                now,
                Optional.of("The command that refreshes the launcher %s failed, its numbers stay as they were: %s"
                        .formatted(dynamic.name(), Texts.shorten(problem, LONGEST_PROBLEM))));
    }
}
