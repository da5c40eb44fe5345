package org.experimaestro.disturbance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The process that makes the start cache of jobs, which goes on after the run that has started it. A test that deletes the folder
 * of its caches waits for it: else files appear in folders while these are deleted.
 */
public final class BackgroundTraining {
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final long PAUSE_MILLIS = 50;

    private BackgroundTraining() {}

    /**
     * Waits until no training goes on.
     *
     * @param folder a folder that has the caches somewhere below; it need not be there
     * @throws IOException if one goes on after two minutes, or the folder cannot be read
     * @throws InterruptedException if this thread is interrupted
     */
    public static void awaitEnd(Path folder) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (goesOn(folder)) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new IOException("A start cache is still being made in " + folder);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static boolean goesOn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".aot.training"));
        } catch (UncheckedIOException changed) {
            return true; // something was deleted meanwhile, as its scratch folder is at the end
        }
    }
}
