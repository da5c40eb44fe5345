package org.experimaestro.monitor.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Table<Map<String, Object>> tags = new Table<>();

    private static final class Table<T> {
        private final Map<T, Integer> numbers = new HashMap<>();
        private final SnapshotOutput rows = new SnapshotOutput();

        void writeTo(SnapshotOutput out) {
            out.integer(numbers.size());
            out.write(rows.buffer(), 0, rows.size());
        }
    }

    int text(String text) {
        Integer known = texts.numbers.get(text);
        if (known != null) {
            return known;
        }
        texts.rows.text(text);
        texts.numbers.put(text, texts.numbers.size());
        return texts.numbers.size() - 1;
    }

    int list(List<String> list) {
        Integer known = lists.numbers.get(list);
        if (known != null) {
            return known;
        }
        lists.rows.integer(list.size());
        list.forEach(text -> lists.rows.integer(text(text)));
        lists.numbers.put(list, lists.numbers.size());
        return lists.numbers.size() - 1;
    }

    int tags(Map<String, Object> map) {
        Integer known = tags.numbers.get(map);
        if (known != null) {
            return known;
        }
        tags.rows.integer(list(new ArrayList<>(map.keySet())));
        map.values().forEach(value -> tags.rows.integer(value(value)));
        tags.numbers.put(map, tags.numbers.size());
        return tags.numbers.size() - 1;
    }

    private int value(Object value) {
        Integer known = values.numbers.get(value);
        if (known != null) {
            return known;
        }
        write(value, values.rows);
        values.numbers.put(value, values.numbers.size());
        return values.numbers.size() - 1;
    }

    private void write(Object value, SnapshotOutput rows) {
        switch (value) {
            case String text -> {
                rows.write(TEXT);
                rows.integer(text(text));
            }
            case Long whole -> {
                rows.write(WHOLE);
                rows.number(whole);
            }
            case Double decimal -> {
                rows.write(DECIMAL);
                rows.decimal(decimal);
            }
            case Boolean truth -> rows.write(truth ? TRUE : FALSE);
            default -> {
                rows.write(JSON);
                rows.integer(text(Json.writeLine(value)));
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
