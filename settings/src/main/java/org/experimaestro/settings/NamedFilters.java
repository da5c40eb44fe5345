package org.experimaestro.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.Default;
import org.experimaestro.WorkspaceException;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Mapping;

/**
 * The named filters of jobs in the settings of a user or a workspace. Immutable.
 *
 * @param texts the text of each filter by its name
 * @param problems a message with a place for each filter whose value is no text
 */
public record NamedFilters(SortedMap<String, String> texts, List<String> problems) {
    /** No filters. */
    public static final NamedFilters NONE = new NamedFilters(new TreeMap<>(), List.of());

    /** Copies the map and the list. */
    public NamedFilters {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
        problems = List.copyOf(problems);
    }

    @DisplayName("the filters")
    private record Written(@Default("{}") Map<String, String> filters) {}

    /**
     * Reads the filters of a file, each for itself: one that is wrong must not take away the others, nor what else the
     * settings are read for.
     */
    static NamedFilters read(Mapping file, Source source) {
        Entry written = file.entries().get(KeyNames.FILTERS);
        if (written == null) {
            return NONE;
        }
        SortedMap<String, String> texts = new TreeMap<>();
        var problems = new Problems(WorkspaceException::of);
        for (YamlValue part : parts(written.value())) {
            Mapping alone = new Mapping(Map.of(KeyNames.FILTERS, new Entry(written.key(), part)), file.origin());
            new SettingsBinder(problems, source.folder())
                    .bindAll(Written.class, alone)
                    .map(Written.class::cast)
                    .ifPresent(bound -> texts.putAll(bound.filters()));
        }
        return new NamedFilters(texts, problems.messages());
    }

    private static List<YamlValue> parts(YamlValue written) {
        if (!(written instanceof Mapping filters)) {
            return List.of(written);
        }
        List<YamlValue> parts = new ArrayList<>();
        filters.entries().forEach((name, filter) -> parts.add(new Mapping(Map.of(name, filter), filters.origin())));
        return parts;
    }

    /** Returns these filters with those of nearer settings, which replace the ones of the same name. */
    NamedFilters with(NamedFilters nearer) {
        SortedMap<String, String> all = new TreeMap<>(texts);
        all.putAll(nearer.texts);
        List<String> both = new ArrayList<>(problems);
        both.addAll(nearer.problems);
        return new NamedFilters(all, both);
    }
}
