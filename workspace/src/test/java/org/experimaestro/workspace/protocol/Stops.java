package org.experimaestro.workspace.protocol;

import java.util.EnumSet;
import java.util.Set;

/** An assumption about processes that stop for longer than the time of a lease, and go on, as a laptop that sleeps. */
enum Stops {
    /** No process stops: all laws hold. */
    NEVER(EnumSet.allOf(Law.class)),
    /** A process may stop anywhere but between its last look and its marker, which is one step here. */
    BEFORE_THE_END(EnumSet.of(Law.ONE_CLAIMANT, Law.DONE_ONCE, Law.LAST_IS_DONE, Law.ENDS)),
    /** A process may stop anywhere. */
    ANYWHERE(EnumSet.of(Law.ONE_CLAIMANT, Law.DONE_ONCE, Law.TOKENS, Law.FENCED, Law.ENDS));

    private final Set<Law> laws;

    Stops(Set<Law> laws) {
        this.laws = laws;
    }

    /** Returns whether a law must hold under this assumption. */
    boolean keep(Law law) {
        return laws.contains(law);
    }

    /** Returns whether a process of another host that lives may seem to be gone. */
    boolean areAllowed() {
        return this != NEVER;
    }
}
