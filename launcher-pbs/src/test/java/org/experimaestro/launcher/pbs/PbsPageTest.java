package org.experimaestro.launcher.pbs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of docs/launchers-pbs.md is that of the code; {@code -Dgolden.update=true} writes it anew. */
class PbsPageTest {
    private static final Path PAGE = Path.of("../docs/launchers-pbs.md");
    private static final String BEGIN = "<!-- options -->\n";

    @Test
    void page_options_areThoseOfTheCode() throws IOException {
        String page = Files.readString(PAGE);
        StringBuilder table = new StringBuilder("| Option | Meaning | Form |\n|---|---|---|\n");
        for (PbsOption option : PbsOption.values()) {
            table.append("| `%s` | %s | %s |\n"
                    .formatted(option.key(), option.meaning(), option.form().description()));
        }
        int from = page.indexOf(BEGIN) + BEGIN.length();
        String expected = page.substring(0, from) + table + page.substring(page.indexOf("<!-- end -->", from));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, expected);
            page = expected;
        }

        assertThat(page).isEqualTo(expected);
    }
}
