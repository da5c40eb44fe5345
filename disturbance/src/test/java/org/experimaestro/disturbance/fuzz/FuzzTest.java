package org.experimaestro.disturbance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void bytes_parserWithAnotherException_failsWithNumberAndKeepsTheInput() throws IOException {
        Fuzz fuzz = fuzz().refusedBy(IllegalArgumentException.class);

        assertThatThrownBy(() -> fuzz.bytes(FuzzTest::numberBehindA, LONG, folder))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("The parser of letters breaks its contract")
                .hasMessageMatching("(?s).*-Dfuzz\\.seed=\\d+ -Dfuzz\\.inputs=1 tries this input again\\.")
                .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
        try (var kept = Files.list(folder)) {
            assertThat(kept)
                    .singleElement()
                    .satisfies(file -> assertThatThrownBy(() -> numberBehindA(Files.readAllBytes(file)))
                            .isInstanceOf(ArrayIndexOutOfBoundsException.class));
        }
    }

    @Test
    void bytes_endlessRecursion_fails() {
        assertThatThrownBy(() -> fuzz().bytes(input -> recursion(input, 0), LONG, folder))
                .isInstanceOf(AssertionError.class)
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void bytes_parserThatNeverEnds_failsWithWhereItIs() {
        CountDownLatch never = new CountDownLatch(1);

        assertThatThrownBy(() -> fuzz().bytes(input -> never.await(), Duration.ofMillis(50), folder))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("has not ended after")
                .cause()
                .satisfies(cause -> assertThat(cause.getStackTrace()).isNotEmpty());
    }

    @Test
    void bytes_parserThatTakesMuchMemory_fails() {
        assertThatThrownBy(() -> fuzz().bytes(
                                input -> {
                                    for (int i = 0; i < 600; i++) {
                                        assertThat(new byte[1_000_000]).isNotNull();
                                    }
                                },
                                LONG,
                                folder))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("bytes of memory");
    }

    @Test
    void bytes_seedThatIsRefused_fails() {
        Fuzz fuzz = fuzz().refusedBy(IllegalArgumentException.class);

        assertThatThrownBy(() -> fuzz.bytes(
                        input -> {
                            throw new IllegalArgumentException("Not letters");
                        },
                        LONG,
                        folder))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("refuses an input that others are made of");
    }

    @Test
    void bytes_messageThatDoesNotNameTheSource_fails() {
        Fuzz fuzz = fuzz().refusedBy(IllegalArgumentException.class).naming("letters.txt");

        assertThatThrownBy(() -> fuzz.bytes(
                        input -> {
                            if (input.length != 3) {
                                throw new IllegalArgumentException("Not three letters");
                            }
                        },
                        LONG,
                        folder))
                .isInstanceOf(AssertionError.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void input_ofEachNumber_isAlwaysTheSameAndOftenAnother() {
        List<byte[]> seeds = List.of("{\"a\": [1, 2]}".getBytes(StandardCharsets.UTF_8));
        var inputs = new TreeSet<String>();

        for (int number = 0; number < 1_000; number++) {
            byte[] input = new Mutations(seeds, List.of()).input(number);
            assertThat(new Mutations(seeds, List.of()).input(number)).isEqualTo(input);
            assertThat(input).hasSizeLessThanOrEqualTo(64 * 1_024);
            inputs.add(HexFormat.of().formatHex(input));
        }

        assertThat(inputs).hasSizeGreaterThan(900);
    }

    private static Fuzz fuzz() {
        return Fuzz.of("letters").seeds("abc");
    }

    private static void numberBehindA(byte[] input) {
        if (input.length > 0 && input[input.length - 1] == 'a') {
            throw new ArrayIndexOutOfBoundsException("nothing behind the a");
        }
    }

    private static int recursion(byte[] input, int depth) {
        return input.length == 3 ? 0 : recursion(input, depth + 1) + 1;
    }
}
