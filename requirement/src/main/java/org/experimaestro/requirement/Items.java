package org.experimaestro.requirement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A factory of alternatives with one item. It refuses a value with an {@link IllegalArgumentException}, whose message
 * has the value found and the values expected.
 */
public final class Items {
    /** The largest number of accelerators of a host: far more than any host has, and few enough to list. */
    static final int MOST_ACCELERATORS = 1024;

    /* The release that the code in a job's process is compiled for. */
    private static final int OLDEST_JDK = 17;
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Items() {}

    /**
     * Creates a time limit.
     *
     * @param duration longer than 0, at most 292 years
     * @return the item
     */
    public static Alternative duration(Duration duration) {
        if (duration.isZero() || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("found "
                    + (duration.isNegative() ? duration : Quantities.durationText(duration))
                    + ", expected a duration longer than 0 and at most 292 years");
        }
        return Alternative.NOTHING.withDuration(duration);
    }

    /**
     * Creates an item of processor cores and main memory.
     *
     * @param cores 1 or more
     * @param memory bytes, 0 or more
     * @return the item
     */
    public static Alternative cpu(int cores, long memory) {
        if (cores < 1) {
            throw new IllegalArgumentException("found " + cores + ", expected 1 core or more");
        }
        return Alternative.NOTHING.withCores(cores).withMemory(memory);
    }

    /**
     * Creates an item of equal accelerators.
     *
     * @param kind their kind
     * @param memory the least memory of each in bytes, 0 or more
     * @param count their number, from 1 to {@link #MOST_ACCELERATORS}
     * @return the item
     */
    public static Alternative accelerators(AcceleratorKind kind, long memory, int count) {
        checkCount(count);
        return Alternative.NOTHING.withAccelerators(Collections.nCopies(count, Accelerator.of(kind, memory)));
    }

    /**
     * Creates an item for the largest heap of the job's JVM.
     *
     * @param bytes 1 or more
     * @return the item
     */
    public static Alternative heap(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException(
                    "found a heap of " + Quantities.sizeText(bytes) + ", expected a larger one");
        }
        return Alternative.NOTHING.withHeap(bytes);
    }

    /**
     * Creates an item for the feature release of the job's JVM.
     *
     * @param release 17 or later
     * @return the item
     */
    public static Alternative jdk(int release) {
        if (release < OLDEST_JDK) {
            throw new IllegalArgumentException("found " + release + ", expected JDK " + OLDEST_JDK + " or later");
        }
        return Alternative.NOTHING.withJdk(release);
    }

    /**
     * Creates an item for a host that runs no other job.
     *
     * @return the item
     */
    public static Alternative exclusive() {
        return Alternative.NOTHING.withExclusive(true);
    }

    /**
     * Creates an item for a feature that the host must have.
     *
     * @param name letters, digits, {@code _}, {@code .} and {@code -}
     * @return the item
     */
    public static Alternative feature(String name) {
        boolean isName = !name.isEmpty();
        for (int i = 0; i < name.length(); i++) {
            isName &= isNamePart(name.charAt(i));
        }
        if (!isName) {
            throw new IllegalArgumentException(
                    "found \"" + name + "\", expected a name of letters, digits, \"_\", \".\" and \"-\"");
        }
        return Alternative.NOTHING.withFeatures(List.of(name));
    }

    /**
     * Multiplies the accelerators of an alternative.
     *
     * @param accelerators an alternative with accelerators and no other item
     * @param count 1 or more
     * @return the alternative
     */
    public static Alternative times(Alternative accelerators, int count) {
        List<Accelerator> one = accelerators.accelerators();
        if (one.isEmpty() || !Alternative.NOTHING.withAccelerators(one).equals(accelerators)) {
            throw new IllegalArgumentException("found more than accelerators, expected nothing else");
        }
        checkCount((long) one.size() * count);
        List<Accelerator> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.addAll(one);
        }
        return Alternative.NOTHING.withAccelerators(all);
    }

    /** Checks the number of accelerators. */
    static void checkCount(long count) {
        if (count < 1 || count > MOST_ACCELERATORS) {
            throw new IllegalArgumentException(
                    "found " + count + " accelerators, expected from 1 to " + MOST_ACCELERATORS);
        }
    }

    /** Returns whether a name may have this character. */
    static boolean isNamePart(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '_'
                || character == '.'
                || character == '-';
    }
}
