package org.experimaestro.disturbance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** A disturbance that happens once. */
final class Once implements Disturbance {
    private final Operation operation;
    private final Predicate<Path> paths;
    private final Act act;
    private final boolean isBefore;
    private final AtomicBoolean done = new AtomicBoolean();

    Once(Operation operation, Predicate<Path> paths, Act act, boolean isBefore) {
        this.operation = operation;
        this.paths = paths;
        this.act = act;
        this.isBefore = isBefore;
    }

    @Override
    public void before(Operation called, Path path) throws IOException {
        if (isBefore) {
            disturb(called, path);
        }
    }

    @Override
    public void after(Operation called, Path path) throws IOException {
        if (!isBefore) {
            disturb(called, path);
        }
    }

    private void disturb(Operation called, Path path) throws IOException {
        if (called == operation && paths.test(path) && done.compareAndSet(false, true)) {
            act.on(path);
        }
    }
}
