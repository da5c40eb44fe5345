package org.experimaestro.finder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Default;
import org.experimaestro.Range;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.settings.DisplayName;
import org.experimaestro.settings.Located;

/** A kind of host as it is written; docs/launcher-file.md describes the keys. */
@DisplayName("a host")
record HostEntry(
        @Default("1") @Range(min = 1) int count,
        @Range(min = 1) int cores,
        Amount memory,
        @Default("[]") List<AcceleratorEntry> accelerators,
        @Default("[]") Set<Word> features,
        @Default("0") int priority,
        @Default("0") @Range(min = 0) double price,
        Optional<Located<Map<String, Located<Word>>>> options) {

    /** A number of equal accelerators as they are written. */
    @DisplayName("an accelerator")
    record AcceleratorEntry(
            Kind kind,
            Optional<Word> name,
            Optional<Amount> memory,
            @Default("1") @Range(min = 1) int count) {}

    /** The kinds of accelerators of a host; in requirements, {@code gpu} is for any of them. */
    enum Kind {
        CUDA(AcceleratorKind.CUDA),
        MPS(AcceleratorKind.MPS),
        /** An accelerator of another maker, with memory of its own. */
        GPU(AcceleratorKind.GPU);

        private final AcceleratorKind kind;

        Kind(AcceleratorKind kind) {
            this.kind = kind;
        }

        AcceleratorKind kind() {
            return kind;
        }
    }
}
