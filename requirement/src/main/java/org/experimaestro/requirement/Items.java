package org.experimaestro.requirement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes alternatives that ask for one thing. What they refuse is an {@link IllegalArgumentException} whose message says
 * what was found and what was expected.
 */
public final class Items {
    /** As many accelerators as one host may have: far more than any has, and few enough to list. */
    static final int MOST_ACCELERATORS = 1024;

    /* The jobs' side of Experimaestro is compiled for it. */
    private static final int OLDEST_JDK = 17;
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Items() {}

    /**
     * A limit of time.
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
     * Processor cores and main memory.
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
     * Equal accelerators.
     *
     * @param kind their kind
     * @param memory the bytes that each needs, 0 or more
     * @param count how many, from 1 to {@link #MOST_ACCELERATORS}
     * @return the item
     */
    public static Alternative accelerators(AcceleratorKind kind, long memory, int count) {
        checkCount(count);
        return Alternative.NOTHING.withAccelerators(Collections.nCopies(count, Accelerator.of(kind, memory)));
    }

    /**
     * The largest heap of the job's JVM.
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
     * The feature release of the job's JVM.
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
     * The host for this job alone.
     *
     * @return the item
     */
    public static Alternative exclusive() {
        return Alternative.NOTHING.withExclusive(true);
    }

    /**
     * A name that the host must have.
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
     * The accelerators of an alternative several times.
     *
     * @param accelerators an alternative that asks for accelerators and nothing else
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

    /** Checks how many accelerators are asked for. */
    static void checkCount(long count) {
        if (count < 1 || count > MOST_ACCELERATORS) {
            throw new IllegalArgumentException(
                    "found " + count + " accelerators, expected from 1 to " + MOST_ACCELERATORS);
        }
    }

    /** Whether a name may have this character. */
    static boolean isNamePart(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '_'
                || character == '.'
                || character == '-';
    }
}
