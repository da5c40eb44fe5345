package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CachedPlanTest {
    /** The size above which digests of new files are cached, too. */
    private static final long LARGE_BYTES = 64 << 20;

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void find_largeLibrary_isReadOnceForAllStarts() throws IOException {
        Path jar = folder.resolve("native.jar");
        try (RandomAccessFile file = new RandomAccessFile(jar.toFile(), "rw")) {
            file.setLength(LARGE_BYTES);
        }
        String digest = SequenceDigest.ofFile(jar);
        new CachedPlan("Plan", List.of(jar), List.of(new Library("lab:native:1", jar, digest)), null).write(folder);
        long before = bytesRead();

        for (int start = 0; start < 3; start++) {
            assertThat(CachedPlan.find(folder)).isPresent();
            new Directives(List.of(), List.of(jar), List.of()).addTo(new SequenceDigest());
        }

        assertThat(bytesRead() - before).isLessThan(LARGE_BYTES);
    }

    @Test
    void find_jarThatWasExchanged_isNoEntry() throws IOException {
        Path jar = folder.resolve("native.jar");
        Files.write(jar, new byte[1 << 15]);
        new CachedPlan("Plan", List.of(jar), List.of(), null).write(folder);
        assertThat(CachedPlan.find(folder)).isPresent();
        byte[] other = new byte[1 << 15];
        other[0] = 1;

        Files.write(jar, other);

        assertThat(CachedPlan.find(folder)).isEmpty();
    }

    /**
     * Returns the number of bytes that this process has read so far: the line "rchar" of {@code /proc/self/io}
     * (proc(5)).
     */
    private static long bytesRead() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/io"))) {
            if (line.startsWith("rchar: ")) {
                return Long.parseLong(line.substring("rchar: ".length()));
            }
        }
        throw new IOException("/proc/self/io has no line rchar");
    }
}
