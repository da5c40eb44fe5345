package org.experimaestro.finder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Default;
import org.experimaestro.Range;
import org.experimaestro.settings.DisplayName;
import org.experimaestro.settings.Located;
import org.experimaestro.settings.Origin;
import org.experimaestro.settings.RootFolder;

/** A launcher as it is written; docs/launcher-file.md describes the keys. */
@DisplayName("a launcher")
record LauncherEntry(
        Located<Word> type,
        @Default("[]") Set<Word> labels,
        @Default("false") boolean onlyLabeled,
        @Default("0") int priority,
        @Default("0") @Range(min = 0) double price,
        Optional<Located<Word>> connector,
        Optional<Located<Map<String, Located<Word>>>> options,
        Optional<Located<List<Word>>> directives,
        @Range(min = 1) Optional<Located<Integer>> limit,
        Optional<Located<Map<String, Located<Word>>>> env,
        Optional<Located<List<Word>>> pass,
        Optional<Located<Map<String, Located<RootFolder>>>> roots,
        Optional<Located<Word>> java,
        Optional<Located<Map<Integer, Word>>> jdks,
        Optional<Located<Percentage>> heap,
        Optional<Located<Amount>> memoryPerCore,
        @Range(min = 0, max = 19) Optional<Located<Integer>> nice,
        Optional<Located<Map<String, Located<HostEntry>>>> hosts,
        Optional<Located<Map<String, Located<PartitionEntry>>>> partitions,
        Optional<Located<Choice>> choose,
        Optional<Located<Map<String, Located<Double>>>> among,
        Optional<Located<Word>> refresh,
        Optional<Located<TimeSpan>> refreshEvery) {

    /** A way in which a dynamic launcher chooses. */
    enum Choice {
        /** The launcher with the highest number; a random one among equals. */
        PRIORITY,
        /** A random launcher, in proportion to the numbers. */
        SAMPLE
    }

    /** Returns the given keys that only some types of launcher have, with their places. */
    Map<String, Origin> particularKeys() {
        Map<String, Origin> keys = new LinkedHashMap<>();
        add(keys, "connector", connector);
        add(keys, "options", options);
        add(keys, "directives", directives);
        add(keys, "limit", limit);
        add(keys, "env", env);
        add(keys, "pass", pass);
        add(keys, "roots", roots);
        add(keys, "java", java);
        add(keys, "jdks", jdks);
        add(keys, "heap", heap);
        add(keys, "memory_per_core", memoryPerCore);
        add(keys, "nice", nice);
        add(keys, "hosts", hosts);
        add(keys, "partitions", partitions);
        add(keys, "choose", choose);
        add(keys, "among", among);
        add(keys, "refresh", refresh);
        add(keys, "refresh_every", refreshEvery);
        return keys;
    }

    private static void add(Map<String, Origin> keys, String key, Optional<? extends Located<?>> value) {
        value.ifPresent(present -> keys.put(key, present.origin()));
    }
}
