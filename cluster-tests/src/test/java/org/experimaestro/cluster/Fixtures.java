package org.experimaestro.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * What this JVM has started for its tests: each thing once, when it is first asked for, and ended once, after the last test
 * or when the JVM is interrupted. When the JVM is killed, the scripts notice. Thread-safe.
 */
final class Fixtures implements AutoCloseable {
    /** One for the JVM, as the machine's daemons are: classes of tests share what it holds. */
    static final Fixtures OURS = new Fixtures();

    private final Map<String, Fixture> started = new LinkedHashMap<>();
    private final Map<String, RuntimeException> failed = new LinkedHashMap<>();
    private boolean hooked;

    private Fixtures() {}

    /**
     * The fixture of that name, which is started if there is none.
     *
     * @throws RuntimeException what {@code start} threw, now or formerly: a start that failed is not tried again
     */
    synchronized <F extends Fixture> F get(String name, Class<F> type, Supplier<F> start) {
        RuntimeException failure = failed.get(name);
        if (failure != null) {
            throw failure;
        }
        Fixture fixture = started.get(name);
        if (fixture == null) {
            if (!hooked) {
                hooked = true;
                Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end what was started for tests"));
            }
            try {
                fixture = start.get();
            } catch (RuntimeException problem) {
                failed.put(name, problem);
                throw problem;
            }
            started.put(name, fixture);
        }
        return type.cast(fixture);
    }

    /** Puts right what a test has broken. */
    synchronized void repair() {
        started.values().forEach(Fixture::repair);
    }

    /** Ends what the tests of a class have left. */
    synchronized void clear() {
        started.values().forEach(Fixture::clear);
    }

    /** Ends all, the last one first. */
    @Override
    public synchronized void close() {
        List<Fixture> fixtures = new ArrayList<>(started.values());
        started.clear();
        for (Fixture fixture : fixtures.reversed()) {
            fixture.close();
        }
    }

    /** A new folder's path, which is short since sockets are made below it: hence not below the build's own. */
    static Path shortFolder(String name) {
        long random = ThreadLocalRandom.current().nextLong() >>> 1;
        return Path.of("/tmp", "experimaestro-" + name + "-" + Long.toString(random, Character.MAX_RADIX));
    }
}
