package org.experimaestro;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.experimaestro.base.text.TagValue;
import org.jspecify.annotations.Nullable;

/**
 * The points of a grid: settings that a plan tries one after the other. A component of a plan's settings with this type
 * lets the YAML file give choices, ranges and samples in the place of values. Immutable.
 *
 * <p>{@snippet :
 * record Model(double k1, double b) {}
 *
 * record Settings(Grid<Model> models) {}
 *
 * public void run(Experiment xp, Settings settings) {
 *     for (Grid.Point<Model> point : settings.models()) {
 *         Model model = point.value();
 *         xp.submit(point.tag(search().k1(model.k1()).b(model.b()).build()));
 *     }
 * }
 * }
 *
 * <p>The YAML file has {@code models: {k1: {choose: [0.9, 1.2]}, b: 0.4}}. The page {@code docs/grids.md} has all
 * forms, and the order of the points.
 *
 * @param <T> the record of a point
 */
public final class Grid<T extends Record> implements Iterable<Grid.Point<T>> {
    private final List<Point<T>> points;

    private Grid(List<Point<T>> points) {
        this.points = points;
    }

    /**
     * Creates a grid, such as the settings of a test.
     *
     * @param values the values of the points in order; values that are equal are one point
     * @param <T> the record
     * @return the grid
     * @throws IllegalArgumentException if a component that varies has a value without a text, such as an array
     */
    @SafeVarargs
    public static <T extends Record> Grid<T> of(T... values) {
        List<T> list = new ArrayList<>();
        for (T value : values) {
            list.add(value);
        }
        return of(list);
    }

    /**
     * Creates a grid.
     *
     * @param values the values of the points in order; values that are equal are one point
     * @param <T> the record
     * @return the grid
     * @throws IllegalArgumentException if a component that varies has a value without a text, such as an array
     */
    public static <T extends Record> Grid<T> of(Collection<? extends T> values) {
        List<T> distinct = new ArrayList<>(new LinkedHashSet<>(values));
        List<Map<String, Object>> leaves = new ArrayList<>();
        for (T value : distinct) {
            Map<String, Object> named = new LinkedHashMap<>();
            collect("", value, named);
            leaves.add(named);
        }
        Set<String> varying = varying(leaves);
        List<Point<T>> points = new ArrayList<>();
        for (int i = 0; i < distinct.size(); i++) {
            points.add(new Point<>(distinct.get(i), tags(leaves.get(i), varying)));
        }
        return new Grid<>(Collections.unmodifiableList(points));
    }

    /** Collects the components of a record by name; those of a record inside it by the path to them. */
    private static void collect(String path, Record record, Map<String, Object> leaves) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
            Object value = value(record, component.getAccessor());
            if (value instanceof Record inner) {
                collect(name, inner, leaves);
            } else {
                leaves.put(name, value);
            }
        }
    }

    private static Object value(Record record, Method accessor) {
        try {
            accessor.setAccessible(true);
            return Objects.requireNonNull(accessor.invoke(record), accessor.getName() + " of a point is null");
        } catch (InvocationTargetException thrown) {
            throw new IllegalArgumentException(
                    "Cannot read " + accessor.getName() + " of the point " + record, thrown.getCause());
        } catch (IllegalAccessException closed) {
            throw new IllegalArgumentException("Cannot read " + accessor.getName() + " of the point " + record, closed);
        }
    }

    /** Returns the names of the components in which some points differ. */
    private static Set<String> varying(List<Map<String, Object>> leaves) {
        Set<String> names = new HashSet<>();
        for (Map<String, Object> point : leaves) {
            Map<String, Object> first = leaves.get(0);
            Set<String> all = new HashSet<>(first.keySet());
            all.addAll(point.keySet());
            all.removeIf(name -> Objects.equals(first.get(name), point.get(name)));
            names.addAll(all);
        }
        return names;
    }

    private static Map<String, Object> tags(Map<String, Object> leaves, Set<String> varying) {
        Map<String, Object> tags = new LinkedHashMap<>();
        leaves.forEach((name, value) -> {
            if (varying.contains(name)) {
                tags.put(name, TagValue.of(value));
            }
        });
        return Collections.unmodifiableMap(tags);
    }

    /**
     * Returns the points.
     *
     * @return in order, unmodifiable
     */
    public List<Point<T>> points() {
        return points;
    }

    /**
     * Returns the number of points.
     *
     * @return at least 1 for a grid of a YAML file
     */
    public int size() {
        return points.size();
    }

    /** Returns an iterator over the points in order. */
    @Override
    public Iterator<Point<T>> iterator() {
        return points.iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Grid<?> grid && points.equals(grid.points);
    }

    @Override
    public int hashCode() {
        return points.hashCode();
    }

    /** Returns the number of points, and the first ones. */
    @Override
    public String toString() {
        int shown = Math.min(points.size(), 3);
        return points.size() + " points " + points.subList(0, shown) + (shown < points.size() ? " …" : "");
    }

    /**
     * A point of a grid. Immutable.
     *
     * @param <T> the record of a point
     */
    public static final class Point<T extends Record> {
        private final T value;
        private final Map<String, Object> tags;

        private Point(T value, Map<String, Object> tags) {
            this.value = value;
            this.tags = tags;
        }

        /**
         * Returns the point's settings.
         *
         * @return the record
         */
        public T value() {
            return value;
        }

        /**
         * Returns the values in which the grid's points differ.
         *
         * @return by the name of the component, in the record's order, unmodifiable; for a component of a record inside
         *     the record by the path to it, such as {@code optimizer.lr}. Values are those of {@link Tags#tags}.
         */
        public Map<String, Object> tags() {
            return tags;
        }

        /**
         * Tags a configuration, typically the task that is submitted for this point.
         *
         * @param config any configuration
         * @param <C> its type
         * @return the configuration with all tags of this point
         */
        public <C> Config<C> tag(Config<C> config) {
            Config<C> tagged = config;
            for (Map.Entry<String, Object> tag : tags.entrySet()) {
                tagged = tagged.tag(tag.getKey(), tag.getValue());
            }
            return tagged;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Point<?> point && value.equals(point.value) && tags.equals(point.tags);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }

        /** Returns the text of the tags, or of the value if nothing varies. */
        @Override
        public String toString() {
            return tags.isEmpty() ? value.toString() : tags.toString();
        }
    }
}
