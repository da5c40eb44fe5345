package org.experimaestro.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.filter.JobField;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.testkit.PlanRunner;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each filter of the table of docs/filter.md selects the jobs that the table names. */
class FilterPageTest {
    private static final Path PAGE = Path.of("..", "docs", "filter.md");
    private static final Pattern EXAMPLE = Pattern.compile("\\| `(.+)` \\| .+ \\|([ 0-9.]*)\\|");

    @TempDir
    private Path folder;

    @Test
    void examples_ofThePage_selectTheseJobs() throws IOException {
        PlanRunner.of(new GridPlan())
                .name("grid")
                .workspace(folder)
                .run(new GridPlan.Settings(List.of(0.6, 0.9, 1.2, 2.4)));
        JobsView view = WorkspaceIndex.open(Workspace.view(folder)).view();
        List<String> expected = new ArrayList<>();
        List<String> selected = new ArrayList<>();
        for (Matcher example : examples()) {
            expected.add(example.group(1) + " | " + example.group(2).strip());
            selected.add(example.group(1) + " | " + selected(view, example.group(1)));
        }

        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(selected).isEqualTo(expected);
    }

    @Test
    void names_ofAllFields_areOnThePage() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(Stream.of(JobField.values()).map(field -> "| `" + field.text() + "`"))
                .allSatisfy(name -> assertThat(page).contains(name));
    }

    private static List<Matcher> examples() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(EXAMPLE::matcher)
                .filter(Matcher::matches)
                .toList();
    }

    private static String selected(JobsView view, String filter) {
        return view.rows(Filter.parse(filter)).stream()
                .map(row -> (Double) row.tags().get("k1"))
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }
}
