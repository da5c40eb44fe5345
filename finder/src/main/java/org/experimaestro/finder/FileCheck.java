package org.experimaestro.finder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.experimaestro.base.text.NearName;
import org.experimaestro.finder.FileLauncher.Ranking;
import org.experimaestro.settings.Located;
import org.experimaestro.settings.Origin;
import org.experimaestro.settings.Problems;
import org.experimaestro.settings.Texts;
import org.experimaestro.spi.ConnectorDefinition;
import org.experimaestro.spi.ConnectorType;
import org.experimaestro.spi.LauncherDefinition;

/**
 * A converter from the content of the file to launchers, which finds the problems of the file as a whole. Used for
 * one file.
 */
final class FileCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final Duration REFRESH_EVERY = Duration.ofMinutes(1);
    private static final Set<String> DYNAMIC_KEYS = Set.of("choose", "among", "refresh", "refresh_every");
    private static final String LOCAL = LauncherDefinition.local().name();

    private final LauncherTypes types;
    private final Problems problems;

    FileCheck(LauncherTypes types, Problems problems) {
        this.types = types;
        this.problems = problems;
    }

    /** Returns the launchers, in the order of the file. Launchers with a problem may be left out. */
    List<FileLauncher> launchers(FileEntry file) {
        Map<String, ConnectorDefinition> connectors = new TreeMap<>();
        file.connectors().forEach((name, entry) -> connectors.put(name, connector(name, entry)));
        List<FileLauncher> launchers = new ArrayList<>();
        file.launchers().forEach((name, entry) -> {
            checkName(name, "launcher", entry.origin());
            checkType(entry.value());
            checkKeys(entry.value());
            launchers.add(
                    isDynamic(entry.value())
                            ? dynamic(name, entry, file)
                            : new RunningCheck(types, problems, connectors).launcher(name, entry));
            if (name.equals(LOCAL) && !isHere(entry.value())) {
                problems.add(
                        entry.origin(),
                        "\"local\" is the name of this machine: it must have the type direct, and no connector",
                        "rename the launcher");
            }
        });
        return launchers;
    }

    private ConnectorDefinition connector(String name, Located<Map<String, Located<Word>>> entry) {
        checkName(name, "connector", entry.origin());
        SortedMap<String, String> options = texts(entry.value());
        String typeName = options.getOrDefault("type", "");
        options.remove("type");
        Located<Word> written = entry.value().get("type");
        Optional<ConnectorType> type = types.findConnectorType(typeName);
        if (written == null) {
            problems.add(
                    entry.origin(),
                    "the connector %s has no type".formatted(Texts.quote(name)),
                    "write \"type: ssh\", or another of " + Texts.list(types.connectorNames()));
        } else if (type.isEmpty()) {
            unknown(written, "type of connector", types.connectorNames());
        } else {
            Options.check(type.get(), entry, options, problems);
        }
        return new ConnectorDefinition(name, typeName, options);
    }

    private void checkName(String name, String what, Origin origin) {
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    origin,
                    "%s cannot be the name of a %s".formatted(Texts.quote(name), what),
                    "use letters, digits and the characters _ . -");
        }
    }

    private void checkType(LauncherEntry entry) {
        if (!types.launcherNames().contains(entry.type().value().text())) {
            unknown(entry.type(), "type of launcher", types.launcherNames());
        }
    }

    private void unknown(Located<Word> word, String what, Collection<String> known) {
        unknown(problems, word, what, known);
    }

    /** Adds the problem that a name is unknown. */
    static void unknown(Problems problems, Located<Word> word, String what, Collection<String> known) {
        String name = word.value().text();
        String all = known.isEmpty() ? "there are none" : "known are " + Texts.list(known);
        problems.add(
                word.origin(),
                "there is no %s %s".formatted(what, Texts.quote(name)),
                NearName.advice(name, known).orElse(all));
    }

    private void checkKeys(LauncherEntry entry) {
        boolean isDynamic = isDynamic(entry);
        entry.particularKeys().forEach((key, origin) -> {
            String problem = null;
            if (isDynamic != DYNAMIC_KEYS.contains(key)) {
                problem = isDynamic
                        ? "a launcher of the type dynamic does not have the key "
                        : "only launchers of the type dynamic have the key ";
            } else if (isDirect(entry) && (key.equals("partitions") || key.equals("directives"))) {
                problem = "a launcher of the type direct does not have the key ";
            } else if (key.equals("nice") && !isDirect(entry)) {
                problem = "only launchers of the type direct have the key ";
            }
            if (problem != null) {
                problems.add(origin, problem + Texts.quote(key), "remove it");
            }
        });
    }

    private FileLauncher dynamic(String name, Located<LauncherEntry> located, FileEntry file) {
        LauncherEntry entry = located.value();
        Map<String, Located<Double>> among = entry.among().map(Located::value).orElse(Map.of());
        if (among.isEmpty()) {
            problems.add(
                    located.origin(),
                    "the dynamic launcher %s has nothing to choose from".formatted(Texts.quote(name)),
                    "write \"among: {NAME: 1, OTHER: 2}\" with the names of other launchers");
        }
        List<String> others = file.launchers().entrySet().stream()
                .filter(each -> !isDynamic(each.getValue().value()))
                .map(Map.Entry::getKey)
                .toList();
        LauncherEntry.Choice choice = entry.choose().map(Located::value).orElse(LauncherEntry.Choice.PRIORITY);
        Map<String, Double> numbers = new LinkedHashMap<>();
        among.forEach((other, number) -> {
            if (!others.contains(other)) {
                unknown(new Located<>(new Word(other), number.origin()), "launcher that runs jobs called", others);
            }
            if (!isNumber(choice, number.value())) {
                problems.add(
                        number.origin(),
                        "the number of %s must be %s, found %s"
                                .formatted(Texts.quote(other), expected(choice), number.value()));
            }
            numbers.put(other, number.value());
        });
        return new FileLauncher.Dynamic(
                name,
                standing(entry.labels(), entry.onlyLabeled(), entry.priority(), entry.price()),
                choice,
                numbers,
                entry.refresh().map(command -> command.value().text()),
                entry.refreshEvery().map(every -> every.value().duration()).orElse(REFRESH_EVERY));
    }

    /** Returns whether a dynamic launcher can use a number. */
    static boolean isNumber(LauncherEntry.Choice choice, double number) {
        return Double.isFinite(number) && (choice == LauncherEntry.Choice.PRIORITY || number > 0);
    }

    /** Returns the description of the numbers that a dynamic launcher can use. */
    static String expected(LauncherEntry.Choice choice) {
        return choice == LauncherEntry.Choice.PRIORITY ? "a finite number" : "a finite number above 0";
    }

    static Ranking standing(Set<Word> labels, boolean onlyLabeled, int priority, double price) {
        SortedSet<String> texts = labels.stream().map(Word::text).collect(Collectors.toCollection(TreeSet::new));
        return new Ranking(Collections.unmodifiableSortedSet(texts), onlyLabeled, priority, price);
    }

    static SortedMap<String, String> texts(Map<String, Located<Word>> words) {
        SortedMap<String, String> texts = new TreeMap<>();
        words.forEach((key, word) -> texts.put(key, word.value().text()));
        return texts;
    }

    static boolean isDirect(LauncherEntry entry) {
        return entry.type().value().text().equals(LauncherDefinition.DIRECT);
    }

    private static boolean isHere(LauncherEntry entry) {
        return isDirect(entry) && entry.connector().isEmpty();
    }

    private static boolean isDynamic(LauncherEntry entry) {
        return entry.type().value().text().equals(LauncherTypes.DYNAMIC);
    }
}
