package org.experimaestro.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Requirement;
import org.junit.jupiter.api.Test;

/** What docs/requirements.md says is so. */
class RequirementsPageTest {
    private static final Path PAGE = Path.of("../docs/requirements.md");
    private static final String FENCE = "```";

    /** Each block of the language {@code requirement} is one; after a line {@code =} comes its normal form. */
    @Test
    void blocks_ofRequirements_areReadAndPrintedAsThePageSays() throws IOException {
        List<String> blocks = blocks();

        assertThat(blocks).hasSizeGreaterThan(5);
        for (String block : blocks) {
            String[] sides = block.split("\n=\n", 2);
            Requirement requirement = Requirement.parse(sides[0]);
            if (sides.length > 1) {
                assertThat(requirement).hasToString(sides[1].strip());
            }
        }
    }

    private static List<String> blocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(PAGE);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals(FENCE + "requirement")) {
                int end = lines.subList(i + 1, lines.size()).indexOf(FENCE) + i + 1;
                blocks.add(String.join("\n", lines.subList(i + 1, end)));
                i = end;
            }
        }
        return blocks;
    }

    @Test
    void builders_ofThePage_equalItsText() {
        Requirement large = Requirement.duration(Duration.ofDays(2))
                .and(Requirement.cuda("16G").times(4))
                .and(Requirement.cpu(4, "400M"));
        Requirement small = Requirement.duration("4 days")
                .and(Requirement.cuda("16G").times(2))
                .and(Requirement.cpu(4, "400M"));
        Launcher launcher = Launcher.find(large.or(small))
                .labels("fast")
                .env("OMP_NUM_THREADS", "4")
                .option("qos", "high");

        assertThat(launcher.requirement())
                .hasValue(Requirement.parse("duration=2 days & cuda(mem=16G) * 4 & cpu(mem=400M, cores=4)"
                        + " | duration=4 days & cuda(mem=16G) * 2 & cpu(mem=400M, cores=4)"));
    }

    @Test
    void message_ofThePage_isSaid() {
        assertThatThrownBy(() -> Requirement.parse(
                        "duration=2 dayz & cudda(mem=16G) * 4 & cpu(mem=400, cores=4)", "Plan.java:7"))
                .isInstanceOf(LaunchException.class)
                .hasMessage("""
                        Plan.java:7: Cannot read the requirement:
                          duration=2 dayz & cudda(mem=16G) * 4 & cpu(mem=400, cores=4)
                                     ^ found the unit "dayz", expected s, min, h, d (days) or w (weeks); did you mean "day" or "days"?
                                            ^ found "cudda", expected one of duration, cuda, mps, gpu, cpu, heap, jdk, exclusive, feature; did you mean "cuda"?
                                                                         ^ found 400 without a unit, expected one of K, M, G, T (powers of 1000), KiB, MiB, GiB, TiB (powers of 1024) or B; write 400G or 400GiB
                        """.strip());
    }
}
