package org.experimaestro.engine.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.base.process.SessionCommand;
import org.experimaestro.engine.job.JobEnvironment;
import org.experimaestro.engine.job.JvmOptions;

/**
 * The making of an ahead-of-time cache (JEP 514) in the background, by a process that may outlive this one. A mark beside
 * the cache keeps a second process from doing the same at the same time. A training deletes its mark at its end. The mark
 * of a training that was killed prevents another one for ten minutes.
 */
public final class CacheTraining {
    private static final String MAIN = "org.experimaestro.runtime.Training";
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Path cache;
    private final Path mark;
    private final InstantSource clock;

    /**
     * Describes a training.
     *
     * @param cache the file to make; its folder exists, and is private
     * @param clock the clock that gives the age of the mark
     */
    public CacheTraining(Path cache, InstantSource clock) {
        this.cache = cache;
        this.mark = cache.resolveSibling(cache.getFileName() + ".training");
        this.clock = clock;
    }

    /**
     * Takes the mark, so that this process may {@link #start} the training.
     *
     * @return false if another training goes on, or was killed in the last ten minutes
     * @throws IOException if the folder cannot be written
     */
    public boolean reserve() throws IOException {
        try {
            Files.createFile(mark);
            return true;
        } catch (FileAlreadyExistsException other) {
            Instant since = Files.getLastModifiedTime(mark).toInstant();
            // A time in the future is that of a clock that was wrong.
            if (Duration.between(since, clock.instant()).abs().compareTo(LIMIT) > 0) {
                Files.deleteIfExists(mark);
            }
            return false;
        }
    }

    /**
     * Gives the mark back without a training.
     *
     * @throws IOException if the mark cannot be deleted
     */
    public void cancel() throws IOException {
        Files.deleteIfExists(mark);
    }

    /**
     * Starts the training, and does not wait for its end. The user's own options of JVMs have no effect on it.
     *
     * @param folder the working folder of the process
     * @param options the options of the JVMs that will use the cache, and those that shape the cache
     * @param classPath the class path of these JVMs, which has {@code experimaestro-runtime}
     * @param rehearsal the main class that does what is to be fast; its argument is a folder for files
     * @throws IOException if the process cannot be started
     */
    public void start(Path folder, List<String> options, String classPath, String rehearsal) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath, MAIN));
        command.addAll(List.of(cache.toString(), mark.toString(), rehearsal));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(SessionCommand.of(command))
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        JobEnvironment.removeOuterJob(builder.environment());
        JvmOptions.removeTheirs(builder.environment());
        builder.start();
    }
}
