package org.experimaestro.monitor.index;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A list that several threads work off part by part. A thread that is late, because it has begun with something else, takes
 * fewer parts. A parallel stream makes only four parts on two processors, so that one thread waits for the other at its end.
 */
final class Parts {
    /** The elements of a part: so many that to take it costs nothing, and so few that all threads end at one time. */
    private static final int SIZE = 512;

    private Parts() {}

    /**
     * Computes a value of each element, in this thread and those of the common pool.
     *
     * @param function makes a value, or {@code null} for an element that has none; called by several threads
     * @return the values, in the order of the elements
     */
    static <T, R> List<R> map(List<T> elements, Function<T, @Nullable R> function) {
        int parts = (elements.size() + SIZE - 1) / SIZE;
        if (parts <= 1) {
            return part(elements, function);
        }
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists of R, which is filled below
        List<R>[] made = new List[parts];
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
                made[i] = part(elements.subList(i * SIZE, Math.min((i + 1) * SIZE, elements.size())), function);
            }
        };
        List<? extends ForkJoinTask<?>> others = IntStream.range(
                        0, Math.min(ForkJoinPool.getCommonPoolParallelism(), parts - 1))
                .mapToObj(i -> ForkJoinPool.commonPool().submit(worker))
                .toList();
        worker.run();
        others.forEach(ForkJoinTask::join);
        return Stream.of(made).flatMap(List::stream).toList();
    }

    private static <T, R> List<R> part(List<T> elements, Function<T, @Nullable R> function) {
        return elements.stream()
                .<R>mapMulti((element, values) -> {
                    R value = function.apply(element);
                    if (value != null) {
                        values.accept(value);
                    }
                })
                .toList();
    }
}
