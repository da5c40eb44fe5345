package org.experimaestro.base.text;

import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A test that distinguishes collections with an order from collections whose order differs in each process. */
public final class CollectionOrder {
    private CollectionOrder() {}

    /**
     * Returns whether the order of the elements is the same in each process.
     *
     * @param collection the collection
     * @return false also if the type does not define an order
     */
    public static boolean isDefined(Collection<?> collection) {
        return collection instanceof List
                || collection instanceof Deque
                || collection instanceof LinkedHashSet
                || collection instanceof SortedSet
                || collection instanceof EnumSet
                || collection instanceof ConcurrentLinkedQueue
                || collection instanceof LinkedBlockingQueue
                || collection instanceof ArrayBlockingQueue
                || collection instanceof CopyOnWriteArraySet
                || Sequenced.isInstance(collection);
    }

    /** The Java 21 type for collections with an order, which includes the values of a LinkedHashMap. */
    private static final class Sequenced {
        private static final @Nullable Class<?> TYPE = find();

        static boolean isInstance(Object object) {
            return TYPE != null && TYPE.isInstance(object);
        }

        private static @Nullable Class<?> find() {
            try {
                return Class.forName("java.util.SequencedCollection");
            } catch (ClassNotFoundException olderJava) {
                return null;
            }
        }
    }
}
