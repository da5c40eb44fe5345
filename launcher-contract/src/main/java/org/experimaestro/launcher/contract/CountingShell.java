package org.experimaestro.launcher.contract;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/** A shell that counts what it is asked to run. Thread-safe. */
public final class CountingShell implements Shell {
    private final Shell shell;
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * A shell.
     *
     * @param shell what runs the scripts
     */
    public CountingShell(Shell shell) {
        this.shell = shell;
    }

    /**
     * How many scripts were run.
     *
     * @return the number of calls so far
     */
    public int calls() {
        return calls.get();
    }

    @Override
    public Output run(String script, Duration limit) throws UnreachableException, InterruptedException {
        calls.incrementAndGet();
        return shell.run(script, limit);
    }
}
