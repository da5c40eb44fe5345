package org.experimaestro.monitor.index;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map with few names, which other maps share. An index has two such maps for each job: its tags and its metrics. They
 * take a fifth of the memory of a map that has its own names and an object for each entry. Immutable.
 *
 * @param <V> the type of the values
 */
abstract class NamedValues<V> extends AbstractMap<String, V> {
    /** With more names, a map with places for hashes is faster: here a name is looked for in the list. */
    private static final int FEW = 32;

    private final List<String> names;

    private NamedValues(List<String> names) {
        this.names = names;
    }

    /**
     * Returns a map of values.
     *
     * @param names the names in their order, none of them twice; the list never changes
     * @param values a value for each name; the array never changes
     */
    static Map<String, Object> of(List<String> names, Object[] values) {
        NamedValues<Object> few = new Objects(names, values);
        return few.orMany();
    }

    /**
     * Returns a map of numbers.
     *
     * @param names the names in their order, none of them twice; the list never changes
     * @param numbers a number for each name; the array never changes
     */
    static Map<String, Double> of(List<String> names, double[] numbers) {
        NamedValues<Double> few = new Numbers(names, numbers);
        return few.orMany();
    }

    private static final class Objects extends NamedValues<Object> {
        private final Object[] values;

        Objects(List<String> names, Object[] values) {
            super(names);
            this.values = values;
        }

        @Override
        Object value(int place) {
            return values[place];
        }
    }

    private static final class Numbers extends NamedValues<Double> {
        private final double[] numbers;

        Numbers(List<String> names, double[] numbers) {
            super(names);
            this.numbers = numbers;
        }

        @Override
        Double value(int place) {
            return numbers[place];
        }
    }

    private Map<String, V> orMany() {
        return names.size() <= FEW ? this : Collections.unmodifiableMap(new LinkedHashMap<>(this));
    }

    abstract V value(int place);

    @Override
    public int size() {
        return names.size();
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return place(name) >= 0;
    }

    @Override
    public @Nullable V get(@Nullable Object name) {
        int place = place(name);
        return place < 0 ? null : value(place);
    }

    private int place(@Nullable Object name) {
        return name == null ? -1 : names.indexOf(name);
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super V> action) {
        for (int place = 0; place < names.size(); place++) {
            action.accept(names.get(place), value(place));
        }
    }

    /** Returns the names. The superclass would keep this object in each of a hundred thousand maps. */
    @Override
    public Set<String> keySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return names.size();
            }

            @Override
            public boolean contains(@Nullable Object name) {
                return containsKey(name);
            }

            @Override
            public Iterator<String> iterator() {
                return names.iterator();
            }
        };
    }

    @Override
    public Collection<V> values() {
        return new AbstractList<>() {
            @Override
            public int size() {
                return names.size();
            }

            @Override
            public V get(int place) {
                return value(place);
            }
        };
    }

    @Override
    public Set<Entry<String, V>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Entry<String, V>> {
        @Override
        public int size() {
            return names.size();
        }

        @Override
        public Iterator<Entry<String, V>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < names.size();
                }

                @Override
                public Entry<String, V> next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    int place = next++;
                    return Map.entry(names.get(place), value(place));
                }
            };
        }
    }
}
