package org.experimaestro.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.experimaestro.disturbance.program.Running;

/**
 * A disk of some megabytes, which is soon full.
 *
 * @param folder where it is
 */
record SmallDisk(Path folder) implements AutoCloseable {

    /**
     * Mounts a disk; the test is skipped where this user may not.
     *
     * @param folder a folder that is made
     * @param megabytes its size
     */
    static SmallDisk mount(Path folder, int megabytes) throws IOException {
        Files.createDirectory(folder);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "small", folder.toString()),
                "A small disk can only be mounted by root");
        return new SmallDisk(folder);
    }

    /** Gives it another size. */
    void resize(int megabytes) {
        if (!run("mount", "-o", "remount,size=" + megabytes + "m", folder.toString())) {
            throw new AssertionError("Cannot make " + folder + " larger");
        }
    }

    @Override
    public void close() {
        if (!run("umount", "-l", folder.toString())) {
            throw new AssertionError("Cannot unmount " + folder);
        }
    }

    private static boolean run(String... command) {
        try (Running running = Running.start(Path.of("/"), System.getenv(), List.of(command))) {
            return running.finish(Duration.ofMinutes(1)).exitCode() == 0;
        }
    }
}
