package org.experimaestro.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.Launcher;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.filter.SubmissionFilter;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.settings.PriorityRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/order.md. */
class OrderPageTest {
    private static final Path PAGE = Path.of("../docs/order.md");
    private static final Pattern RULES = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("--(?:only|until) '([^']+)'");

    @TempDir
    private Path folder;

    @Test
    void priority_ofARequest_isThatOfThePage() {
        Launcher urgent = Launcher.find("cpu(mem=8G)").priority(10);

        assertThat(urgent.priority()).hasValue(10);
    }

    @Test
    void rules_ofThePage_areReadAndSelectSubmissions() throws IOException {
        Matcher rules = RULES.matcher(Files.readString(PAGE));
        assertThat(rules.find()).isTrue();
        Path file = Files.writeString(folder.resolve("debug.yaml"), "class: acme.Plan\n" + rules.group(1));

        List<PriorityRule> read = ExperimentFile.read(file, List.of()).priorities();
        assertThat(read).extracting(PriorityRule::priority).containsExactly(10, -1);
        assertThat(read)
                .allSatisfy(rule -> assertThat(new SubmissionFilter(Filter.parse(rule.where())))
                        .hasToString(rule.where()));
    }

    @Test
    void filters_ofThePage_areThoseOfSubmissions() throws IOException {
        List<String> filters = OPTION.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(filters)
                .hasSize(2)
                .allSatisfy(text ->
                        assertThat(new SubmissionFilter(Filter.parse(text))).hasToString(text));
    }
}
