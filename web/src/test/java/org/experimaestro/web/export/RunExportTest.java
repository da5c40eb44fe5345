package org.experimaestro.web.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.web.api.ListedWorkspace;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("thorough")
class RunExportTest {
    private static final String HOSTILE = "</script><script>alert(1)</script>\u202Egnp.\u001B[31m\"'&";
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/octet-stream\" id=\"data\">([A-Za-z0-9+/=]*)</script>");

    @TempDir
    Path folder;

    private ListedWorkspace listed;

    @BeforeEach
    void open() throws IOException {
        listed = new ListedWorkspace(folder);
    }

    @AfterEach
    void close() {
        listed.close();
    }

    @Test
    void write_anyRun_isOneFileThatLoadsNothing() throws Exception {
        ListedWorkspace.done(listed.submit("a.task", Map.of("k", 1)), Map.of("map", 0.5));

        String page = page(Filter.ALL);

        assertThat(page).startsWith("<!doctype html>").doesNotContain("<link rel=\"stylesheet\"");
        assertThat(page.replaceAll("data:image[^\"]*", "").replaceAll("(?s)<script>.*", ""))
                .doesNotContain("http:", "https:", "src=");
        Matcher script = Pattern.compile("(?s)\n<script>(.*)</script>\n</body>").matcher(page);
        assertThat(script.find()).isTrue();
        assertThat(script.group(1)).doesNotContain("</script", "<!--");
        assertThat(page)
                .contains("script-src 'sha256-" + digest(script.group(1)) + "'")
                .contains("default-src 'none'");
        Matcher style = Pattern.compile("(?s)<style>(.*?)</style>").matcher(page);
        assertThat(style.find()).isTrue();
        assertThat(page).contains("style-src 'sha256-" + digest(style.group(1)) + "'");
    }

    private static String digest(String text) throws Exception {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void write_hostileTexts_areNoMarkup() throws IOException {
        JobFolder job = listed.submit("a.task", Map.of(HOSTILE, HOSTILE));
        ListedWorkspace.failed(job, HOSTILE);
        Files.writeString(job.standardError(1), "begins\n" + HOSTILE + "\nends\n");

        String page = page(Filter.ALL);

        assertThat(page).doesNotContain("alert(1)").doesNotContain("\u202E");
        JsonObject data = data(page);
        assertThat(Json.write(data.list("tags"))).contains("alert(1)");
        assertThat(data.object("logs").list("values"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("begins\n")
                .endsWith("ends\n");
    }

    @Test
    void write_filter_hasItsJobsAndSaysSo() throws IOException {
        ListedWorkspace.done(listed.submit("a.task", Map.of("k", 1)), Map.of("map", 0.5));
        ListedWorkspace.done(listed.submit("a.task", Map.of("k", 2)), Map.of("map", 0.6));
        listed.submit("b.task", Map.of("k", 2));

        JsonObject head = data(page(Filter.parse("k=2"))).object("head");

        assertThat(head.string("filter")).isEqualTo("k=2");
        assertThat(List.of(head.integer("size"), head.integer("total"))).hasToString("[2, 3]");
        assertThat(head.list("metrics")).containsExactly("map");
        assertThatThrownBy(() -> page(Filter.parse("kk=2")))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("No job has a tag, metric or parameter \"kk\"");
    }

    @Test
    void write_jobsInAllStates_haveWhatIsKnown() throws IOException {
        JobFolder done = listed.submit("a.task", Map.of());
        JobFolder failed = listed.submit("a.task", Map.of());
        JobFolder behind = listed.submit("a.task", Map.of(), failed);
        JobFolder runs = listed.submit("a.task", Map.of(), done);
        JobFolder damaged = listed.submit("a.task", Map.of());
        ListedWorkspace.done(done, Map.of("loss", Double.NaN));
        ListedWorkspace.failed(failed, "\n  No space left\n\tat somewhere");
        ListedWorkspace.begin(runs, Map.of("lr", 0.1));
        ListedWorkspace.done(damaged, Map.of());
        Files.writeString(damaged.parametersFile(), "{");

        JsonObject data = data(page(Filter.ALL));

        assertThat(column(data, "phase")).containsExactly("done", "failed", "skipped", "running", "corrupt");
        assertThat(data.object("needs").list("values")).containsExactly(List.of(1L), List.of(0L));
        assertThat(Json.writeLine(data.list("metrics"))).isEqualTo("[[\"loss\",{\"values\":[\"=NaN\"],\"gaps\":[0]}]]");
        assertThat(data.object("head").list("failures")).hasSize(2);
        assertThat(behind.name()).startsWith("a.task/");
    }

    @Test
    void write_logsBeyondTheBudget_areLeftOutAndCounted() throws IOException {
        int jobs = LogTails.MOST / LogTails.MOST_OF_JOB + 3;
        for (int i = 0; i < jobs; i++) {
            JobFolder job = listed.submit("a.task", Map.of("n", i));
            ListedWorkspace.failed(job, "bad");
            Files.writeString(job.standardError(1), "x".repeat(LogTails.MOST_OF_JOB + 5));
        }

        JsonObject data = data(page(Filter.ALL));

        assertThat(data.object("head").list("leftOut"))
                .contains("The logs of 3 failed jobs, for which these limits had no room.");
        assertThat(data.object("logs").list("gaps")).hasSize(jobs - 3);
    }

    @Test
    void write_thousandJobs_areATenthOfTheSizeOfTenThousand() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            Map<String, Object> tags = new TreeMap<>();
            for (int tag = 0; tag < 7; tag++) {
                tags.put("tag" + tag, random.nextInt(10) / 10.0);
            }
            tags.put("seed", i);
            Map<String, Object> parameters = new TreeMap<>();
            for (int parameter = 0; parameter < 12; parameter++) {
                parameters.put("parameter" + parameter, random.nextInt(50) / 50.0);
            }
            Map<String, Double> metrics = new LinkedHashMap<>();
            for (int metric = 0; metric < 5; metric++) {
                metrics.put("metric" + metric, random.nextDouble());
            }
            JobFolder job = listed.submit("a.task", tags);
            ListedWorkspace.begin(job, parameters)
                    .done(ListedWorkspace.NOW.minusSeconds(60).toEpochMilli(), metrics, null);
        }

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        export(Filter.ALL).writeTo(out);

        assertThat(out.size()).isLessThan(300_000);
    }

    private RunExport export(Filter filter) {
        Monitored monitored = new Monitored(
                listed.workspace(), WorkspaceIndex.open(listed.workspace()), () -> ListedWorkspace.NOW, Map.of());
        return RunExport.of(monitored, "grid", "latest", filter);
    }

    private String page(Filter filter) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        export(filter).writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Returns the data of a page, as a browser unpacks them. */
    private static JsonObject data(String page) throws IOException {
        Matcher data = DATA.matcher(page);
        assertThat(data.find()).isTrue();
        byte[] packed = Base64.getDecoder().decode(data.group(1));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return JsonObject.of(Json.parse(in.readAllBytes()), "data");
        }
    }

    /** Returns the values of a field, row by row. */
    private static List<Object> column(JsonObject data, String name) {
        for (Object field : data.list("fields")) {
            if (field instanceof List<?> pair && name.equals(pair.getFirst())) {
                JsonObject column = JsonObject.of(pair.getLast(), name);
                List<?> values = column.list("values");
                return column.has("at")
                        ? column.list("at").stream()
                                .map(index -> (Object) values.get(((Long) index).intValue()))
                                .toList()
                        : List.copyOf(values);
            }
        }
        return List.of();
    }
}
