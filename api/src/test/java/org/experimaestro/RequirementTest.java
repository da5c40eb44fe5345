package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.experimaestro.requirement.Accelerator;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.requirement.Alternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementTest {
    private static final long G = 1_000_000_000;
    private static final long M = 1_000_000;

    @Test
    void parse_textOfTheTutorialForLearning_isBothAlternatives() {
        var requirement = Requirement.parse("duration=2 days & cuda(mem=16G) * 4 & cpu(mem=400M, cores=4)"
                + " | duration=4 days & cuda(mem=16G) * 2 & cpu(mem=400M, cores=4)");

        assertThat(requirement.alternatives())
                .containsExactly(
                        alternative(Duration.ofDays(2), 4, 400 * M, 4, 16 * G),
                        alternative(Duration.ofDays(4), 4, 400 * M, 2, 16 * G));
    }

    @Test
    void parse_textOfTheTutorialForEvaluation_isItsAlternative() {
        var requirement = Requirement.parse("duration=6 hours & cuda(mem=16G) * 4 & cpu(mem=2G, cores=16)");

        assertThat(requirement.alternatives()).containsExactly(alternative(Duration.ofHours(6), 16, 2 * G, 4, 16 * G));
    }

    private static Alternative alternative(Duration duration, int cores, long memory, int count, long size) {
        return Alternative.NOTHING
                .withDuration(duration)
                .withCores(cores)
                .withMemory(memory)
                .withAccelerators(Collections.nCopies(count, Accelerator.of(AcceleratorKind.CUDA, size)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s          | 1
            sec        | 1
            secs       | 1
            second     | 1
            seconds    | 1
            m          | 60
            min        | 60
            mins       | 60
            minute     | 60
            minutes    | 60
            h          | 3600
            hour       | 3600
            hours      | 3600
            d          | 86400
            day        | 86400
            days       | 86400
            w          | 604800
            week       | 604800
            weeks      | 604800
            """)
    void parse_unitsOfTime_areTheirSeconds(String unit, long seconds) {
        for (String text : List.of("duration=3" + unit, " duration = 3 " + unit + "\n")) {
            assertThat(only(text).duration()).hasValue(Duration.ofSeconds(3 * seconds));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1 h 30 min, PT1H30M",
        "1h30min, PT1H30M",
        "1.5 h, PT1H30M",
        "1 w 2 d 3 h 4 m 5.5 s, PT219H4M5.5S",
        "0.000000001 s, PT0.000000001S",
        "106751 days, PT2562024H"
    })
    void parse_durations_areExact(String text, Duration expected) {
        assertThat(only("duration=" + text).duration()).hasValue(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "7B, 7",
        "7K, 7000",
        "7KB, 7000",
        "7 KiB, 7168",
        "400M, 400000000",
        "400MB, 400000000",
        "1MiB, 1048576",
        "16G, 16000000000",
        "16 GB, 16000000000",
        "2GiB, 2147483648",
        "1.5G, 1500000000",
        "0.5KiB, 512",
        "1T, 1000000000000",
        "1TB, 1000000000000",
        "1TiB, 1099511627776",
        "9223372036854775807B, 9223372036854775807"
    })
    void parse_sizes_areTheirBytes(String text, long bytes) {
        assertThat(only("cpu(mem=" + text + ")").memory()).isEqualTo(bytes);
        assertThat(only("cuda(mem=" + text + ")").accelerators())
                .containsExactly(Accelerator.of(AcceleratorKind.CUDA, bytes));
        assertThat(only("heap=" + text).heap()).hasValue(bytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cpu(cores=4)             | 4 | 0
            cpu(mem=4G)              | 1 | 4000000000
            cpu(mem=4G, cores=2)     | 2 | 4000000000
            cpu ( cores=2 , mem=4G ) | 2 | 4000000000
            cpu()                    | 1 | 0
            cpu                      | 1 | 0
            cuda                     | 0 | 0
            """)
    void parse_cpu_isCoresAndMemory(String text, int cores, long memory) {
        assertThat(only(text).cores()).isEqualTo(cores);
        assertThat(only(text).memory()).isEqualTo(memory);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gpu                               | gpu
            gpu()                             | gpu
            gpu * 2                           | gpu * 2
            gpu() * 1                         | gpu
            4 * cuda(mem=16G)                 | cuda(mem=16G) * 4
            4*cuda(mem=0B)                    | cuda * 4
            mps(mem=8G) & cuda(mem=16G)       | cuda(mem=16G) & mps(mem=8G)
            cuda & 2 * cuda & mps & gpu       | cuda * 3 & mps & gpu
            cuda(mem=8G) & gpu(mem=8G) * 2 & cuda(mem=8G) | cuda(mem=8G) * 2 & gpu(mem=8G) * 2
            """)
    void parse_accelerators_addUpAndAreSorted(String text, String normalForm) {
        assertThat(Requirement.parse(text)).hasToString(normalForm);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            duration=1 h & duration=2 h & duration=30 min           | duration=2 h
            cpu(mem=4G) & cpu(cores=3) & cpu(mem=1G, cores=2)       | cpu(mem=4G, cores=3)
            heap=1G & heap=3G & heap=2G                             | heap=3G
            jdk=21 & jdk=21                                         | jdk=21
            feature=b & feature=v100-32g & feature=80gb & feature=b | feature=80gb & feature=b & feature=v100-32g
            exclusive & exclusive                                   | exclusive
            heap=8G & cpu(mem=4G) & cpu(mem=8G)                     | cpu(mem=8G, cores=1) & heap=8G
            """)
    void parse_repeatedItems_areCombined(String text, String normalForm) {
        assertThat(Requirement.parse(text)).hasToString(normalForm);
    }

    @Test
    void parse_whiteSpaceAndLines_areFree() {
        var requirement = Requirement.parse("""

                duration = 2days&cuda( mem = 16 G )*4
                  |\u00a0jdk =
                  17
                """);

        assertThat(requirement).hasToString("duration=2 days & cuda(mem=16G) * 4 | jdk=17");
    }

    @Test
    void parse_charactersThatAreHidden_caretIsUnderItsPlace() {
        assertThatThrownBy(() -> Requirement.parse("jdk=17 & \u001B\u202E\u2028 & heap=1G\r\n\t& nothing=1"))
                .hasMessageContaining("\n  jdk=17 & \uFFFD\uFFFD\uFFFD & heap=1G\n           ^ ");
    }

    @Test
    void builders_ofAllItems_equalTheText() {
        var requirement = Requirement.duration(Duration.ofMinutes(90))
                .and(Requirement.cuda("16G").times(4))
                .and(Requirement.mps("8G"))
                .and(Requirement.gpu("4GiB").and(Requirement.gpu()).times(2))
                .and(Requirement.cpu(4, "400M"))
                .and(Requirement.heap("300M"))
                .and(Requirement.jdk(21))
                .and(Requirement.exclusive())
                .and(Requirement.feature("v100"))
                .or(Requirement.duration("2 days").and(Requirement.memory("1G")))
                .or(Requirement.cores(3));

        assertThat(requirement)
                .isEqualTo(Requirement.parse("duration=1.5 h & cuda(mem=16G)*4 & mps(mem=8G) & gpu(mem=4GiB)*2 & gpu*2"
                        + " & cpu(cores=4, mem=400M) & heap=300M & jdk=21 & exclusive & feature=v100"
                        + " | duration=2 d & cpu(mem=1G, cores=1) | cpu(cores=3)"))
                .hasSameHashCodeAs(Requirement.parse(requirement.toString()));
    }

    @Test
    void and_alternatives_isTheirProductInOrder() {
        var either = Requirement.cuda("1G").or(Requirement.mps("2G"));
        var times = Requirement.duration("1 h").or(Requirement.duration("2 h"));

        assertThat(either.and(times))
                .hasToString("duration=1 h & cuda(mem=1G) | duration=2 h & cuda(mem=1G)"
                        + " | duration=1 h & mps(mem=2G) | duration=2 h & mps(mem=2G)");
        assertThat(either.times(2)).hasToString("cuda(mem=1G) * 2 | mps(mem=2G) * 2");
    }

    @Test
    void times_otherThanAccelerators_isRefused() {
        assertThatThrownBy(() -> Requirement.gpu().and(Requirement.cores(1)).times(2))
                .isInstanceOf(LaunchException.class)
                .hasMessageMatching("RequirementTest.java:\\d+: Cannot multiply gpu & cpu\\(cores=1\\) by 2: .*");
        assertThatThrownBy(() -> Requirement.cores(1).times(2)).hasMessageContaining("expected nothing else");
        assertThatThrownBy(() -> Requirement.gpu().times(0)).hasMessageContaining("found 0 accelerators");
        assertThatThrownBy(() -> Requirement.gpu().times(2).times(Integer.MAX_VALUE))
                .hasMessageContaining("found 4294967294 accelerators, expected from 1 to 1024");
    }

    @Test
    void and_contradiction_isRefused() {
        assertThatThrownBy(() -> Requirement.jdk(17).and(Requirement.jdk(21)))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("Cannot require jdk=17 and jdk=21: found jdk=17 and jdk=21");
        assertThatThrownBy(() -> Requirement.heap("2G").and(Requirement.memory("1G")))
                .hasMessageContaining("found a heap of 2G, expected at most the memory of cpu, which is 1G");
    }

    @Test
    void builders_wrongValues_nameTheLineOfThePlan() {
        List<Runnable> calls = List.of(
                () -> Requirement.duration("2 dayz"),
                () -> Requirement.duration(Duration.ZERO),
                () -> Requirement.duration(Duration.ofHours(-1)),
                () -> Requirement.duration(Duration.ofSeconds(Long.MAX_VALUE)),
                () -> Requirement.cpu(0, "1G"),
                () -> Requirement.cores(-1),
                () -> Requirement.memory("16"),
                () -> Requirement.cuda("x"),
                () -> Requirement.mps(""),
                () -> Requirement.gpu("1GG"),
                () -> Requirement.jdk(8),
                () -> Requirement.heap("0B"),
                () -> Requirement.feature(""),
                () -> Requirement.feature("a&b"));

        for (Runnable call : calls) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            LaunchException.class,
                            error -> assertThat(error.location().orElse("")).startsWith("RequirementTest.java:"))
                    .hasMessageContaining("Cannot require ")
                    .hasMessageContaining("expected");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuda", "cuda | cuda", "duration=1 h", "jdk=17", "exclusive", "feature=a", "heap=1B"})
    void equals_differentTexts_areDifferent(String text) {
        assertThat(Requirement.parse(text))
                .isEqualTo(Requirement.parse(text))
                .isNotEqualTo(Requirement.parse("cuda & jdk=18"))
                .isNotEqualTo(text);
    }

    private static Alternative only(String text) {
        List<Alternative> alternatives = Requirement.parse(text).alternatives();
        assertThat(alternatives).hasSize(1);
        return alternatives.get(0);
    }
}
