package org.experimaestro.finder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Default;
import org.experimaestro.Range;
import org.experimaestro.settings.DisplayName;
import org.experimaestro.settings.Located;

/** A partition as it is written; docs/launcher-file.md describes the keys. */
@DisplayName("a partition")
record PartitionEntry(
        Optional<Located<List<Located<Word>>>> hosts,
        Optional<TimeSpan> maxDuration,
        @Range(min = 1) Optional<Integer> maxCores,
        Optional<Amount> maxMemory,
        @Default("0") @Range(min = 0) int minAccelerators,
        @Range(min = 0) Optional<Integer> maxAccelerators,
        Optional<Boolean> exclusive,
        @Default("[]") Set<Word> labels,
        @Default("false") boolean onlyLabeled,
        @Default("0") int priority,
        @Default("0") @Range(min = 0) double price,
        Optional<Located<Map<String, Located<Word>>>> options) {}
