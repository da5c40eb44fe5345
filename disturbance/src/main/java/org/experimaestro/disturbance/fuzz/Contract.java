package org.experimaestro.disturbance.fuzz;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a parser keeps to, whatever it reads. */
final class Contract {
    /** Inputs have some kilobytes: what needs this much for one of them has no bound. */
    private static final long MOST_BYTES = 500_000_000;

    private static final com.sun.management.ThreadMXBean MEMORY =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Fuzz.BytesParser parser;
    private final List<Class<? extends Throwable>> refusals;
    private final String source;

    Contract(Fuzz.BytesParser parser, List<Class<? extends Throwable>> refusals, String source) {
        this.parser = parser;
        this.refusals = List.copyOf(refusals);
        this.source = source;
    }

    /**
     * That a parser did not keep to it.
     *
     * @param problem what it did, the end of a sentence
     * @param cause what it threw, or where it was
     */
    record Breach(String problem, @Nullable Throwable cause) {}

    /** Has the parser read an input in this thread. */
    Optional<Breach> check(byte[] input, boolean mustAccept) {
        long before = MEMORY.getCurrentThreadAllocatedBytes();
        Throwable thrown = read(input.clone());
        long used = MEMORY.getCurrentThreadAllocatedBytes() - before;
        if (thrown != null && mustAccept) {
            return Optional.of(new Breach("refuses an input that others are made of", thrown));
        }
        if (thrown != null && !isRefusal(thrown)) {
            return Optional.of(new Breach("breaks its contract", thrown));
        }
        return used > MOST_BYTES
                ? Optional.of(new Breach("takes " + used + " bytes of memory", null))
                : Optional.empty();
    }

    private @Nullable Throwable read(byte[] input) {
        try {
            parser.read(input);
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    private boolean isRefusal(Throwable thrown) {
        String message = thrown.getMessage();
        return refusals.stream().anyMatch(each -> each.isInstance(thrown))
                && message != null
                && !message.isBlank()
                && message.contains(source);
    }
}
