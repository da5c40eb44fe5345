package org.experimaestro.settings;

import java.lang.reflect.Type;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.experimaestro.Default;
import org.experimaestro.Grid;
import org.experimaestro.Range;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.experimaestro.settings.YamlValue.Sequence;

/** A converter from YAML values to grids, which counts the points before it makes them. Confined to one thread. */
final class GridBinder {
    static final String LIMIT = "limit";
    static final String WHERE = "where";
    private static final int USUAL_LIMIT = 10_000;
    static final int MOST = 10_000_000;

    /** The keys that have a meaning at the top of a grid, in addition to those of all its maps. */
    static final List<String> KEYS = List.of(WHERE, LIMIT);

    private final Path defaultsFolder;
    private final OptionalInt limit;
    private final List<String> counts = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * Creates a binder.
     *
     * @param limit the greatest number of points of a grid, whatever the grid says; empty for that of the grid
     */
    GridBinder(Path defaultsFolder, OptionalInt limit) {
        this.defaultsFolder = defaultsFolder;
        this.limit = limit;
    }

    /** Returns a line about the number of points of each grid. */
    List<String> counts() {
        return List.copyOf(counts);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** The key {@code limit} at the top of a grid. */
    @DisplayName("a grid")
    private record LimitKey(@Range(min = 1, max = MOST) Optional<Integer> limit) {}

    /** The key {@code where} at the top of a grid. */
    @DisplayName("a grid")
    private record WhereKey(@Default("[]") List<Located<String>> where) {}

    /** Binds a grid; the problems of its points are added once. */
    Optional<Object> bind(Type type, Mapping map, String path, Problems problems) {
        Class<?> point = Types.raw(Types.argument(type, 0));
        var found = new Problems();
        var binder = new SettingsBinder(found, defaultsFolder);
        var expander = new GridExpander(binder, found);
        Optional<Integer> ownLimit =
                binder.bindPart(LimitKey.class, only(LIMIT, map), path).flatMap(bound -> ((LimitKey) bound).limit());
        List<GridCondition> where = binder.bindPart(WhereKey.class, only(WHERE, map), path)
                .map(bound -> conditions(((WhereKey) bound).where(), point, path, found))
                .orElse(List.of());
        Mapping points = map.without(LIMIT).without(WHERE);
        GridNode node = expander.read(point, points, path);
        int most = Math.min(limit.orElseGet(() -> ownLimit.orElse(USUAL_LIMIT)), MOST);
        if (node.count().compareTo(BigInteger.valueOf(most)) > 0) {
            found.add(
                    map.origin(),
                    "the grid %s has %s points, more than %s"
                            .formatted(Texts.quote(path), node.counted(), GridNode.shown(BigInteger.valueOf(most))),
                    node.count().compareTo(BigInteger.valueOf(MOST)) > 0
                            ? "make it smaller"
                            : "make it smaller, or raise the limit: by %s: %s in the grid, or by run-experiment --limit %2$s"
                                    .formatted(LIMIT, node.count()));
            problems.addDistinct(found, Set.of());
            return Optional.empty();
        }
        List<Record> bound = new ArrayList<>();
        var ofPoints = new Problems();
        var binderOfPoints = new SettingsBinder(ofPoints, defaultsFolder);
        for (YamlValue value : node.values()) {
            binderOfPoints.bindValue(point, value, path).ifPresent(made -> bound.add((Record) made));
        }
        found.addDistinct(ofPoints, expander.refused());
        problems.addDistinct(found, Set.of());
        return found.isEmpty() ? grid(bound, where, node, map.origin(), path, problems) : Optional.empty();
    }

    /** Returns the map with one key, if it has that; a text is a list of one condition. */
    private static Mapping only(String name, Mapping map) {
        Entry entry = map.entries().get(name);
        var none = new Mapping(Map.of(), map.origin());
        if (entry == null) {
            return none;
        }
        boolean isCondition =
                name.equals(WHERE) && entry.value() instanceof Scalar scalar && scalar.kind() == Kind.TEXT;
        return isCondition
                ? none.with(new Entry(
                        entry.key(),
                        new Sequence(List.of(entry.value()), entry.value().origin())))
                : none.with(entry);
    }

    private static List<GridCondition> conditions(
            List<Located<String>> texts, Class<?> point, String path, Problems problems) {
        List<GridCondition> conditions = new ArrayList<>();
        for (Located<String> text : texts) {
            try {
                conditions.add(GridConditionParser.parse(text.value(), point));
            } catch (GridConditionParser.Mistake mistake) {
                problems.add(
                        text.origin(),
                        "%s: cannot read the condition %s: %s"
                                .formatted(
                                        Texts.quote(KeyNames.below(path, WHERE)),
                                        Texts.quote(text.value()),
                                        mistake.getMessage()),
                        mistake.advice());
            }
        }
        return conditions;
    }

    private Optional<Object> grid(
            List<Record> all, List<GridCondition> where, GridNode node, Origin origin, String path, Problems problems) {
        List<Record> met = all.stream()
                .filter(point -> where.stream().allMatch(condition -> condition.holds(point)))
                .toList();
        if (met.isEmpty()) {
            problems.add(
                    origin,
                    "no point of the grid %s meets its conditions; it has %s"
                            .formatted(Texts.quote(path), node.counted()),
                    "change " + WHERE);
            return Optional.empty();
        }
        List<Record> distinct = List.copyOf(new LinkedHashSet<>(met));
        int leftOut = all.size() - met.size();
        int repeated = met.size() - distinct.size();
        if (repeated > 0) {
            warnings.add("%s: the grid %s repeats %s; each point counts once"
                    .formatted(origin.place(), Texts.quote(path), repeated == 1 ? "a point" : repeated + " points"));
        }
        counts.add("Grid %s: %s %s%s%s"
                .formatted(
                        path,
                        node.counted(),
                        all.size() == 1 ? "point" : "points",
                        leftOut == 0 ? "" : ", " + GridNode.shown(BigInteger.valueOf(leftOut)) + " left out by where",
                        repeated == 0 ? "" : ", " + GridNode.shown(BigInteger.valueOf(repeated)) + " repeated"));
        return Optional.of(Grid.of(distinct));
    }
}
