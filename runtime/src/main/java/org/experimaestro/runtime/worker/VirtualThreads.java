package org.experimaestro.runtime.worker;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.runtime.LeftoverThreads;
import org.jspecify.annotations.Nullable;

/**
 * The virtual threads that a task has left. No method lists them, but the JVM's dump of threads does (JEP 444). A dump is made
 * only if the JVM has used virtual threads, because it takes some milliseconds. The methods are looked up by name, because Java
 * 17 has none of them. Confined to one thread at a time.
 */
final class VirtualThreads {
    /** The longest wait, because a thread that has ended is listed for a moment. */
    private static final long PATIENCE_NANOS = 100_000_000;

    private static final long PAUSE_NANOS = 2_000_000;

    private static final String BEAN = "com.sun.management.HotSpotDiagnosticMXBean";
    private static final String PROBE = "experimaestro-probe";
    private static final int LONGEST_NAME = 80;

    /** The word after the name of a virtual thread, in the line of the dump that begins with the thread's number. */
    private static final String VIRTUAL = "\" virtual";

    /** The method that writes a dump for people; its argument is the path of the file. */
    private @Nullable MethodHandle dump;

    private boolean isKnown;
    private boolean isUsable;

    /**
     * Finds a virtual thread that still runs.
     *
     * @return its name in words; {@code null} if there is none
     */
    @Nullable
    String findLeft() {
        if (!LeftoverThreads.hasVirtual()) {
            return null;
        }
        try {
            if (!isKnown) {
                isKnown = true;
                isUsable = prepare() && listsProbe();
            }
            return isUsable ? look() : "perhaps a virtual one, which this JVM does not list";
        } catch (Throwable unforeseen) { // such as a full disk
            return "perhaps a virtual one: the JVM cannot list its threads: " + unforeseen;
        }
    }

    private @Nullable String look() throws Throwable {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            String left = find(dump());
            if (left == null || System.nanoTime() - end >= 0) {
                return left;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Returns the first virtual thread of a dump; {@code null} if it has none. */
    static @Nullable String find(String dump) {
        int start = 0;
        while (start < dump.length()) {
            int end = dump.indexOf('\n', start);
            end = end < 0 ? dump.length() : end;
            int word = dump.lastIndexOf(VIRTUAL, end);
            if (dump.charAt(start) == '#' && word > start) {
                int name = dump.indexOf('"', start) + 1;
                String text = dump.substring(Math.min(name, word), Math.min(word, name + LONGEST_NAME));
                return "a virtual one" + (text.isEmpty() ? "" : ", " + VisibleText.of(text));
            }
            start = end + 1;
        }
        return null;
    }

    /** Finds the method; returns false if this Java has none, such as one made by jlink without its module. */
    private boolean prepare() throws Throwable {
        Class<?> type = Class.forName(BEAN);
        Object bean = ManagementFactory.getPlatformMXBean(type.asSubclass(PlatformManagedObject.class));
        if (bean == null) {
            return false;
        }
        Class<?> formats = Class.forName(BEAN + "$ThreadDumpFormat");
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Object format = lookup.findStaticGetter(formats, "TEXT_PLAIN", formats).invoke();
        MethodHandle method =
                lookup.findVirtual(type, "dumpThreads", MethodType.methodType(void.class, String.class, formats));
        dump = MethodHandles.insertArguments(method.bindTo(bean), 1, format);
        return true;
    }

    /** Returns whether a dump has a virtual thread that is there: an option of the JVM can turn that off. */
    private boolean listsProbe() throws Throwable {
        CountDownLatch isNamed = new CountDownLatch(1);
        CountDownLatch isSeen = new CountDownLatch(1);
        Runnable probe = new Runnable() {
            @Override
            public void run() {
                Thread.currentThread().setName(PROBE);
                isNamed.countDown();
                await(isSeen);
            }
        };
        MethodHandle starts = MethodHandles.publicLookup()
                .findStatic(Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        Thread thread = (Thread) starts.invokeExact(probe);
        try {
            await(isNamed);
            return dump().contains("\"" + PROBE + VIRTUAL);
        } finally {
            isSeen.countDown();
            join(thread);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(0);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private String dump() throws Throwable {
        MethodHandle method = dump;
        if (method == null) {
            throw new IllegalStateException("there is no method for dumps");
        }
        Path folder = Files.createTempDirectory("xpm-threads");
        Path file = folder.resolve("dump"); // which must not exist
        try {
            method.invokeExact(file.toString());
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }
}
