package org.experimaestro.engine.retry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.requirement.Quantities;
import org.experimaestro.spi.RequestLimits;

/**
 * The amounts that a job asks for and a retry may raise. Immutable.
 *
 * @param duration the time limit; empty if the job asks for none
 * @param memory the bytes of main memory; 0 if the job asks for none
 * @param heap the bytes of the JVM's heap; empty if it is a part of the memory
 */
public record AskedAmounts(Optional<Duration> duration, long memory, OptionalLong heap) {
    /** Nothing in particular. */
    public static final AskedAmounts NONE = new AskedAmounts(Optional.empty(), 0, OptionalLong.empty());

    /**
     * Returns the amounts of an alternative.
     *
     * @param asked the alternative
     * @return its amounts
     */
    public static AskedAmounts of(Alternative asked) {
        return new AskedAmounts(asked.duration(), asked.memory(), asked.heap());
    }

    /**
     * Returns an alternative with these amounts.
     *
     * @param before the alternative
     * @return the same alternative, with those of these amounts that are set
     */
    public Alternative in(Alternative before) {
        Alternative changed = duration.map(before::withDuration).orElse(before);
        changed = memory > 0 ? changed.withMemory(memory) : changed;
        return heap.isPresent() ? changed.withHeap(heap.getAsLong()) : changed;
    }

    /**
     * Returns these amounts, or other ones where they are more. An amount that is not asked for here stays so.
     *
     * @param other the other amounts
     * @return the larger ones
     */
    public AskedAmounts orMore(AskedAmounts other) {
        return new AskedAmounts(
                duration.map(own ->
                        other.duration.filter(more -> more.compareTo(own) > 0).orElse(own)),
                memory == 0 ? 0 : Math.max(memory, other.memory),
                heap.isPresent() ? OptionalLong.of(Math.max(heap.getAsLong(), other.heap.orElse(0))) : heap);
    }

    /** Returns these amounts, or the limits where they are less: a launcher may have capped what was asked. */
    AskedAmounts capped(RequestLimits limits) {
        long most = limits.memory().orElse(Long.MAX_VALUE);
        return new AskedAmounts(
                duration.map(time -> limits.duration()
                        .filter(limit -> limit.compareTo(time) < 0)
                        .orElse(time)),
                Math.min(memory, most),
                heap.isPresent() ? OptionalLong.of(Math.min(heap.getAsLong(), most)) : heap);
    }

    AskedAmounts raisedTime(double factor, RequestLimits limits) {
        Optional<Duration> raised = duration.map(time -> {
            Duration longer = Duration.ofMillis(product(Math.max(1, time.toMillis()), factor));
            return limits.duration().filter(most -> most.compareTo(longer) < 0).orElse(longer);
        });
        return new AskedAmounts(raised, memory, heap);
    }

    /** Raises the memory, and a heap of its own by the same factor if a heap was too small. */
    AskedAmounts raisedMemory(double factor, boolean withHeap, RequestLimits limits) {
        long most = limits.memory().orElse(Long.MAX_VALUE);
        long raised = Math.min(product(memory, factor), most);
        if (!withHeap || heap.isEmpty()) {
            return new AskedAmounts(duration, raised, heap);
        }
        double real = memory == 0 ? factor : (double) raised / memory;
        long larger = Math.min(product(heap.getAsLong(), Math.max(1, real)), memory == 0 ? most : raised);
        return new AskedAmounts(duration, raised, OptionalLong.of(larger));
    }

    private static long product(long amount, double factor) {
        BigDecimal product = BigDecimal.valueOf(amount).multiply(BigDecimal.valueOf(factor));
        return product.setScale(0, RoundingMode.CEILING)
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }

    /**
     * Returns the differences from the amounts of an earlier attempt.
     *
     * @param before the earlier amounts
     * @return words such as {@code memory 8G → 16G}; empty if there is no difference
     */
    public String changesFrom(AskedAmounts before) {
        StringJoiner text = new StringJoiner(", ");
        if (!duration.equals(before.duration)) {
            text.add("time " + time(before.duration) + " → " + time(duration));
        }
        if (memory != before.memory) {
            text.add("memory " + Quantities.sizeText(before.memory) + " → " + Quantities.sizeText(memory));
        }
        if (!heap.equals(before.heap)) {
            text.add(
                    "heap " + Quantities.sizeText(before.heap.orElse(0)) + " → " + Quantities.sizeText(heap.orElse(0)));
        }
        return text.toString();
    }

    private static String time(Optional<Duration> time) {
        return time.map(Quantities::durationText).orElse("none");
    }
}
