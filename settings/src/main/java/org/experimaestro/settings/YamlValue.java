package org.experimaestro.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a YAML file, with the place where it was written. Values and their collections are immutable. */
sealed interface YamlValue {

    /** Returns the place where the value was written; for a list or a map under a key, the place of the key. */
    Origin origin();

    /** Returns the value as if it had been written elsewhere; the values inside keep their places. */
    YamlValue at(Origin place);

    /** The kinds of scalars of YAML 1.2's core schema (YAML 1.2.2, section 10.3). */
    enum Kind {
        NULL,
        BOOLEAN,
        INTEGER,
        DECIMAL,
        TEXT
    }

    /**
     * A single value.
     *
     * @param kind the schema's kind of the text
     * @param text the text as it was written, without quotes
     * @param origin the place where it was written
     * @param isOpen whether the text has no quotes and has places of {@link Interpolation}, on whose values its kind depends
     */
    record Scalar(Kind kind, String text, Origin origin, boolean isOpen) implements YamlValue {
        Scalar(Kind kind, String text, Origin origin) {
            this(kind, text, origin, false);
        }

        @Override
        public Scalar at(Origin place) {
            return new Scalar(kind, text, place, isOpen);
        }
    }

    /**
     * A list.
     *
     * @param items the values in order
     * @param origin the place where it was written
     */
    record Sequence(List<YamlValue> items, Origin origin) implements YamlValue {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public Sequence at(Origin place) {
            return new Sequence(items, place);
        }
    }

    /**
     * A map. Keys are the same when their texts are: {@code 3} and {@code "3"} are one key.
     *
     * @param entries the entries by the text of their key, in the order of the file
     * @param origin the place where it was written
     */
    record Mapping(Map<String, Entry> entries, Origin origin) implements YamlValue {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public Mapping at(Origin place) {
            return new Mapping(entries, place);
        }

        Mapping with(Entry entry) {
            var copy = new LinkedHashMap<>(entries);
            copy.put(entry.key().text(), entry);
            return new Mapping(copy, origin);
        }

        Mapping without(String key) {
            var copy = new LinkedHashMap<>(entries);
            copy.remove(key);
            return new Mapping(copy, origin);
        }

        /** Returns this map with another merged over it: maps are merged deeply, everything else is replaced. */
        Mapping mergedWith(Mapping winner) {
            var merged = new LinkedHashMap<>(entries);
            for (Entry entry : winner.entries().values()) {
                merged.merge(entry.key().text(), entry, Mapping::merge);
            }
            return new Mapping(merged, winner.origin());
        }

        private static Entry merge(Entry below, Entry above) {
            if (below.value() instanceof Mapping belowMap && above.value() instanceof Mapping aboveMap) {
                return new Entry(above.key(), belowMap.mergedWith(aboveMap));
            }
            return above;
        }
    }

    /**
     * A key with its value.
     *
     * @param key the key
     * @param value the value
     */
    record Entry(Scalar key, YamlValue value) {}
}
