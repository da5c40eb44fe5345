package org.experimaestro.launcher.contract;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/** A shell that counts its scripts. Thread-safe. */
public final class CountingShell implements Shell {
    private final Shell shell;
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * Creates a shell.
     *
     * @param shell runs the scripts
     */
    public CountingShell(Shell shell) {
        this.shell = shell;
    }

    /**
     * Returns the number of scripts that were run.
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
