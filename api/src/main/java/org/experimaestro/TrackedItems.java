package org.experimaestro;

import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * An iterable that records the progress of the loop over it: see {@link TaskContext#track}.
 *
 * @param <T> the type of the elements
 */
final class TrackedItems<T> implements Iterable<T> {
    /** The largest number of records of a loop over a collection. */
    private static final int MOST_STEPS = 100;

    /** The time in which an inner loop records nothing. */
    private static final long INNER_PAUSE_NANOS = 100_000_000;

    private final TaskContext context;
    private final int level;
    private final Iterable<T> items;
    private final String description;
    private final LongSupplier nanoTime;

    TrackedItems(TaskContext context, int level, Iterable<T> items, String description) {
        this(context, level, items, description, SystemClock.NANO_TIME);
    }

    TrackedItems(TaskContext context, int level, Iterable<T> items, String description, LongSupplier nanoTime) {
        if (level < 0 || level > TaskContext.DEEPEST_LEVEL) {
            throw new IllegalArgumentException(
                    "The level of progress is from 0 to " + TaskContext.DEEPEST_LEVEL + ", not " + level);
        }
        this.context = context;
        this.level = level;
        this.items = Objects.requireNonNull(items);
        this.description = description.isEmpty() ? "" : description + " ";
        this.nanoTime = nanoTime;
    }

    @Override
    public Iterator<T> iterator() {
        return new Loop(items instanceof Collection<T> sized ? sized.size() : -1);
    }

    /**
     * An enum instead of a method reference, because linking the first method reference of a process costs a job
     * milliseconds.
     */
    private enum SystemClock implements LongSupplier {
        NANO_TIME;

        @Override
        public long getAsLong() {
            return System.nanoTime();
        }
    }

    private final class Loop implements Iterator<T> {
        private final Iterator<T> iterator = items.iterator();
        private final int size;
        private long taken;

        /** The number of elements taken when the next progress is due. */
        private long due = 1;

        private long quietSince = nanoTime.getAsLong();
        private boolean told;
        private boolean ended;

        /**
         * Creates a loop.
         *
         * @param size the number of elements, or -1 if unknown
         */
        Loop(int size) {
            this.size = size;
        }

        @Override
        public boolean hasNext() {
            boolean more = iterator.hasNext();
            if (!more && !ended) {
                ended = true;
                // An inner loop that was too short to record its beginning does not record its end.
                if (level == 0 || told) {
                    context.progress(level, 1, text());
                }
            }
            return more;
        }

        @Override
        public T next() {
            T item = iterator.next();
            taken++;
            if (taken >= due && (level == 0 || nanoTime.getAsLong() - quietSince >= INNER_PAUSE_NANOS)) {
                // The elements taken before this one are done.
                context.progress(level, size < 0 ? 0 : Math.min(1, (taken - 1.0) / size), text());
                told = true;
                quietSince = nanoTime.getAsLong();
                due = size < 0 ? 2 * taken : taken + (size + MOST_STEPS - 1L) / MOST_STEPS;
            }
            return item;
        }

        @Override
        public void remove() {
            iterator.remove();
        }

        private String text() {
            return description + taken + (size < 0 ? "" : " of " + size);
        }
    }
}
