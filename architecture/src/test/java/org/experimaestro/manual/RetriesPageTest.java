package org.experimaestro.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.experimaestro.RetryCause;
import org.experimaestro.RetryPolicy;
import org.experimaestro.workspace.FailureCause;
import org.junit.jupiter.api.Test;

/** What docs/retries.md says is so. */
class RetriesPageTest {
    private static final Path PAGE = Path.of("../docs/retries.md");
    private static final String KEY = "retries: ";

    @Test
    void policies_ofThePage_areReadAndPrintedAsItSays() throws IOException {
        String written = "";
        int count = 0;
        for (String line : Files.readAllLines(PAGE)) {
            String text = line.strip();
            if (text.startsWith(KEY)) {
                RetryPolicy policy = RetryPolicy.parse(text.substring(KEY.length()));
                assertThat(written.isEmpty() ? policy : RetryPolicy.parse(written))
                        .isEqualTo(policy);
                written = policy.toString();
                count++;
            }
        }
        assertThat(count).isEqualTo(2);
    }

    @Test
    void builder_ofThePage_equalsItsText() {
        RetryPolicy policy = RetryPolicy.none()
                .on(RetryCause.MEMORY_LIMIT, 3, 2)
                .on(RetryCause.PREEMPTED, 20)
                .after(RetryCause.PREEMPTED, Duration.ofMinutes(5))
                .atMost(4);

        assertThat(policy).hasToString("memory_limit 3 x2, preempted 20 after 5 min, max 4");
    }

    @Test
    void causes_ofThePage_areThoseOfThePolicy() throws IOException {
        String page = Files.readString(PAGE);

        for (RetryCause cause : RetryCause.values()) {
            assertThat(page).contains("| `" + cause.name().toLowerCase(Locale.ROOT) + "` | ");
        }
        assertThat(page).contains("`" + FailureCause.OUT_OF_DIRECT_MEMORY + "`");
    }
}
