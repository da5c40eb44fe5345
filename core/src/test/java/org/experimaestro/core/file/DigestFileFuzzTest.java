package org.experimaestro.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.core.file.DigestFile.Line;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestFileFuzzTest {
    private static final int TODAY = 20_000;

    @TempDir
    private Path folder;

    @Test
    void read_anyFile_hasWhatWasWrittenOrLess() throws Exception {
        Path file = folder.resolve("cache/digests.txt");
        DigestFile digests = new DigestFile(file, "machine");
        Line one = new Line("/data/a", "5-1-2", "0123456789abcdef0123456789abcdef", TODAY);
        Line two = new Line("/data/b%20c", "7-3-4", "fedcba9876543210fedcba9876543210", TODAY - 1);
        digests.add(one);
        digests.add(two);
        byte[] written = Files.readAllBytes(file);

        Fuzz.of("digests").seed(written).bytes(bytes -> {
            Files.write(file, bytes);
            assertThat(digests.read(TODAY).values()).isSubsetOf(one, two);
        });
    }
}
