package org.experimaestro.monitor.reason;

import java.util.Comparator;
import java.util.Optional;

/**
 * A trait, or a pair of traits, that all of some failed jobs have, and few of the others. Immutable.
 *
 * @param kind the kind of trait
 * @param name the name of the tag or parameter; empty for other kinds
 * @param value the value as a text
 * @param failed the number of failed jobs, all of which have the trait
 * @param others the number of other jobs that have the trait
 * @param allOthers the number of other jobs
 * @param probability the probability that the failed jobs share the trait by chance, times the number of traits that
 *     were tried
 * @param with the second trait of a pair; empty if one trait explains enough
 */
public record SharedTrait(
        Kind kind,
        String name,
        String value,
        int failed,
        int others,
        int allOthers,
        double probability,
        Optional<Trait> with) {

    /** A kind of trait, in the order in which traits of the same jobs are preferred. */
    public enum Kind {
        /** The host on which the job ran. */
        HOST,
        /** The launcher of the job. */
        LAUNCHER,
        /** The value of a tag. */
        TAG,
        /** The value of a parameter. */
        PARAMETER,
        /** A job on which the job depends. */
        INPUT
    }

    /**
     * A trait of a job.
     *
     * @param kind the kind
     * @param name the name of the tag or parameter; empty for other kinds
     * @param value the value as a text
     */
    public record Trait(Kind kind, String name, String value) implements Comparable<Trait> {
        @Override
        public int compareTo(Trait other) {
            return Comparator.comparing(Trait::kind)
                    .thenComparing(Trait::name)
                    .thenComparing(Trait::value)
                    .compare(this, other);
        }
    }

    static SharedTrait of(
            Trait trait, Optional<Trait> with, int failed, int others, int allOthers, double probability) {
        return new SharedTrait(trait.kind(), trait.name(), trait.value(), failed, others, allOthers, probability, with);
    }

    /** Returns the trait, or the first one of the pair. */
    Trait first() {
        return new Trait(kind, name, value);
    }

    /**
     * Returns whether no other job has the trait, or both of the pair.
     *
     * @return true if it is found in failed jobs only
     */
    public boolean isExclusive() {
        return others == 0;
    }
}
