package org.experimaestro.monitor.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The environments of attempts: host and launcher, and of the run that made the attempt the JDK, the variables of jobs
 * and the launchers' options. Confined to one thread.
 */
final class JobEnvironments {
    /** The beginnings of the members of a run's description that describe how its jobs are run. */
    private static final List<String> OF_RUN = List.of("java.", "settings.env.", "settings.launcher_options.");

    private final Map<String, RunView> runs = new HashMap<>();
    private final Map<String, Map<String, String>> described = new HashMap<>();
    private final List<String> problems;

    /**
     * Creates a reader.
     *
     * @param runs the runs of the workspace
     * @param problems gets a sentence for each file that cannot be read
     */
    JobEnvironments(List<RunView> runs, List<String> problems) {
        runs.forEach(run -> this.runs.put(run.folder().qualifiedName(), run));
        this.problems = problems;
    }

    /**
     * Compares the environments of attempts.
     *
     * @param attempts an attempt of each compared job; empty for a job without one
     * @return the properties that differ among the attempts of which something is known
     */
    List<ComparedValue> compare(List<Optional<Attempt>> attempts) {
        List<Map<String, String>> all = attempts.stream()
                .map(attempt -> attempt.map(this::properties).orElse(Map.of()))
                .toList();
        Set<String> names = new LinkedHashSet<>();
        all.forEach(properties -> names.addAll(properties.keySet()));
        List<ComparedValue> values = new ArrayList<>();
        for (String name : names) {
            if (differsAmongKnown(name, all)) {
                List<@Nullable String> texts = new ArrayList<>();
                all.forEach(properties -> texts.add(properties.get(name)));
                values.add(new ComparedValue(name, texts, false));
            }
        }
        return values;
    }

    /** An attempt of which nothing is stored any more, because the job was cleaned, differs from no other one. */
    private static boolean differsAmongKnown(String name, List<Map<String, String>> all) {
        return all.stream()
                        .filter(properties -> !properties.isEmpty())
                        .map(properties -> Optional.ofNullable(properties.get(name)))
                        .distinct()
                        .count()
                > 1;
    }

    /** Returns the run that made an attempt. */
    Optional<String> run(Attempt attempt) {
        return read(attempt, each -> each.record().findRun());
    }

    private Map<String, String> properties(Attempt attempt) {
        Map<String, String> properties = new LinkedHashMap<>();
        read(attempt, each -> each.record().findProcess().map(ProcessIdentity::host))
                .ifPresent(host -> properties.put("host", host));
        read(attempt, each -> each.batchJob().map(BatchJobReference::launcher))
                .ifPresent(launcher -> properties.put("launcher", launcher));
        run(attempt).ifPresent(run -> properties.putAll(described.computeIfAbsent(run, this::ofRun)));
        return properties;
    }

    private Map<String, String> ofRun(String name) {
        Map<String, String> properties = new LinkedHashMap<>();
        RunView run = runs.get(name);
        if (run != null) {
            RunComparison.leaves(run).forEach((member, value) -> {
                if (OF_RUN.stream().anyMatch(member::startsWith)) {
                    properties.put(member.replaceFirst("^settings\\.", ""), value);
                }
            });
        }
        return properties;
    }

    /** A reader of a property of an attempt. */
    @FunctionalInterface
    private interface Property {
        Optional<String> read(Attempt attempt) throws IOException;
    }

    private Optional<String> read(Attempt attempt, Property property) {
        try {
            return property.read(attempt);
        } catch (IOException | JsonException | IllegalArgumentException unreadable) {
            problems.add("Cannot read attempt " + attempt.number() + " of "
                    + attempt.job().name() + ": " + unreadable.getMessage());
            return Optional.empty();
        }
    }
}
