package org.experimaestro.trial;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.experimaestro.ConfigType;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/**
 * A task whose class is looked for by its name.
 *
 * @param name its name
 * @param way the way in which it is looked for
 */
@ConfigType("trial.seeks")
public record Seeks(String name, Way way) implements SelfTask<Seeks> {

    /** The class with the method {@code find} that {@link Way#LIBRARY} calls. */
    public static final String FINDER = "lent.Finder";

    /** The way in which a class is looked for. */
    public enum Way {
        /** The class {@link #FINDER} of another jar looks for it. */
        LIBRARY,
        /** The system class loader finds it, and its file. */
        SYSTEM,
        /** A thread of the common pool looks for it. */
        COMMON_POOL
    }

    @Override
    public void execute(TaskContext context) throws Exception {
        String own = Seeks.class.getName();
        Object found = switch (way) {
            case LIBRARY ->
                Class.forName(FINDER).getMethod("find", String.class).invoke(null, own);
            case SYSTEM -> Class.forName(own, true, withFile(ClassLoader.getSystemClassLoader(), own));
            case COMMON_POOL -> inPool(own);
        };
        if (!Seeks.class.equals(found)) {
            throw new IllegalStateException("found another class of that name");
        }
    }

    private static ClassLoader withFile(ClassLoader loader, String className) {
        if (ClassLoader.getSystemResource(className.replace('.', '/') + ".class") == null) {
            throw new IllegalStateException("the file of the class is not found");
        }
        return loader;
    }

    private static Object inPool(String className) throws Exception {
        CompletableFuture<Object> found = new CompletableFuture<>();
        CountDownLatch ended = new CountDownLatch(1); // the wait for the future could execute it in this thread
        ForkJoinPool.commonPool().execute(() -> {
            try {
                found.complete(
                        Class.forName(className, true, Thread.currentThread().getContextClassLoader()));
            } catch (ClassNotFoundException missing) {
                found.completeExceptionally(missing);
            }
            ended.countDown();
        });
        ended.await();
        return found.get();
    }
}
