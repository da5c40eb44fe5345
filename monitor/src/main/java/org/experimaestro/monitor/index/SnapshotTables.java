package org.experimaestro.monitor.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.experimaestro.core.json.Json;

/**
 * The tables of an index's copy while it is written: texts, lists of texts, values of tags, and sets of tags. Each is
 * written once, and elsewhere by its number.
 */
final class SnapshotTables {
    static final byte TEXT = 't';
    static final byte WHOLE = 'w';
    static final byte DECIMAL = 'd';
    static final byte TRUE = '1';
    static final byte FALSE = '0';
    /** The mark of a rare kind of tag value, such as a list, which is written as JSON. */
    static final byte JSON = 'j';

    private final Table<String> texts = new Table<>();
    private final Table<List<String>> lists = new Table<>();
    private final Table<Object> values = new Table<>();
    /** By the numbers of the list of names and of the values, because equal maps may have another order. */
    private final Table<List<Integer>> tags = new Table<>();

    private static final class Table<K> {
        private final Map<K, Integer> numbers = new HashMap<>();
        private final SnapshotOutput rows = new SnapshotOutput();

        /** Returns the number of a key; writes its row the first time. */
        int number(K key, Consumer<SnapshotOutput> row) {
            Integer known = numbers.get(key);
            if (known == null) {
                row.accept(rows);
                known = numbers.size();
                numbers.put(key, known);
            }
            return known;
        }

        void writeTo(SnapshotOutput out) {
            out.integer(numbers.size());
            out.write(rows.buffer(), 0, rows.size());
        }
    }

    int text(String text) {
        return texts.number(text, row -> row.text(text));
    }

    int list(List<String> list) {
        return lists.number(list, row -> {
            row.integer(list.size());
            list.forEach(text -> row.integer(text(text)));
        });
    }

    int tags(Map<String, Object> map) {
        List<Integer> key = new ArrayList<>(1 + map.size());
        key.add(list(new ArrayList<>(map.keySet())));
        map.values().forEach(value -> key.add(value(value)));
        return tags.number(key, row -> key.forEach(row::integer));
    }

    private int value(Object value) {
        return values.number(value, row -> write(value, row));
    }

    private void write(Object value, SnapshotOutput row) {
        switch (value) {
            case String text -> {
                row.write(TEXT);
                row.integer(text(text));
            }
            case Long whole -> {
                row.write(WHOLE);
                row.number(whole);
            }
            case Double decimal -> {
                row.write(DECIMAL);
                row.decimal(decimal);
            }
            case Boolean truth -> row.write(truth ? TRUE : FALSE);
            default -> {
                row.write(JSON);
                row.integer(text(Json.writeLine(value)));
            }
        }
    }

    /** Writes the tables, each before those that refer to it. */
    void writeTo(SnapshotOutput out) {
        texts.writeTo(out);
        lists.writeTo(out);
        values.writeTo(out);
        tags.writeTo(out);
    }
}
