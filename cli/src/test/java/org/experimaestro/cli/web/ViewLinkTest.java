package org.experimaestro.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.cli.TempHome;
import org.experimaestro.cli.api.LocalApi;
import org.experimaestro.web.address.PageScreen;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The links of views, on a run with two jobs of which each is done. */
@Timeout(60)
@ExtendWith(TempHome.class)
class ViewLinkTest {
    private static final String TERMINAL = "experimaestro.terminal";
    private static final Instant STARTED = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    private Path folder;

    private SampleWorkspace sample;
    private RunFolder run;
    private final List<JobFolder> jobs = new ArrayList<>();

    @BeforeEach
    void makeRun() throws IOException {
        sample = new SampleWorkspace(folder.resolve("work"));
        run = sample.workspace().experiment("grid").newRun(STARTED);
        try (RunFolder.JobList submitted = run.openJobs()) {
            for (int layers : List.of(1, 2)) {
                JobFolder job = sample.store(SampleWorkspace.learn(layers, SampleWorkspace.adam(0.1), 5));
                submitted.add(new RunFolder.SubmittedJob(
                        job.typeId(), job.id(), Map.of("layers", layers), List.of(), "local", STARTED));
                job.claim(ProcessIdentity.current(), "grid/" + run.name());
                job.attempt(1).begin(ProcessIdentity.current(), STARTED.toEpochMilli());
                job.attempt(1).done(STARTED.toEpochMilli(), Map.of("loss", 0.5 * layers), null);
                Files.writeString(job.standardError(1), "a line\n");
                jobs.add(job);
            }
        }
    }

    @AfterEach
    void leaveTheTerminal() {
        System.clearProperty(TERMINAL);
    }

    private ServedPage serve() {
        return ServedPage.start(
                LocalApi.open(sample.workspace(), false),
                "the sample",
                "127.0.0.1",
                OptionalInt.of(0),
                false,
                words -> {});
    }

    private CommandLineRun command(String line) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.replaceAll(word -> word.replace("JOB1", jobs.getFirst().name())
                .replace("JOB2", jobs.getLast().name())
                .replace("RUN", "grid/" + run.name()));
        words.addAll(List.of("--workdir", sample.workspace().root().toString()));
        return CommandLineRun.of(words.toArray(String[]::new));
    }

    /** Returns the address of a view, with the names of this workspace. */
    private String expected(String address) {
        JobFolder first = jobs.getFirst();
        return address.replace("JOB1", first.name())
                .replace("SHORT1", shortId(first))
                .replace("SHORT2", shortId(jobs.getLast()))
                .replace("RUN", "grid/" + run.name());
    }

    private static String shortId(JobFolder job) {
        return job.id().toString().substring(0, 8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jobs list | /jobs",
                "jobs list state=done layers<5 --sort=-layers --columns id,layers,metric.loss,age"
                        + " | /jobs?q=state=done+and+layers%3C5&sort=-layers&cols=layers,loss",
                "jobs list --state failed --experiment grid --sort layers,started,id"
                        + " | /jobs?q=experiment=grid+and+state=failed&sort=layers",
                "jobs show JOB1 | /job/JOB1",
                "jobs log JOB1 | /job/JOB1",
                "jobs log JOB1 --err --attempt 1 | /job/JOB1?attempt=1&stream=err",
                "jobs diff JOB1 JOB2 | /compare?jobs=SHORT1,SHORT2",
                "jobs why JOB1 | /job/JOB1",
                "jobs why layers=1 | /jobs?q=layers=1+and+state=new,starting,queued,failed,corrupt",
                "runs list | /",
                "runs list --experiment grid | /x/grid",
                "runs show grid | /x/RUN",
                "experiments list | /",
                "experiments show grid | /x/grid",
                "table layers=1..2 --rows layers --metric loss --lowest loss --best row --confidence 0.9"
                        + " | /x/RUN/table?q=layers=1..2&rows=layers&cols=&metrics=loss&over=&ci=90&best=row",
                "table --rows layers --metric loss | /x/RUN/table?rows=layers&cols=&metrics=loss&over=&best=none",
                "orphans | /orphans",
                "trash list | /trash",
                "describe | /types",
                "describe sample.learn | /types/sample.learn",
            })
    void view_inATerminalWhileAPageRuns_endsWithItsLink(String line, String address) {
        try (ServedPage page = serve()) {
            System.setProperty(TERMINAL, "true");
            String link = "Page: " + origin(page) + expected(address);

            assertThat(command(line).text().lines().toList().getLast()).isEqualTo(link);

            System.clearProperty(TERMINAL);
            assertThat(command(line).text()).doesNotContain("Page: ");
            assertThat(command(line + " --link").text())
                    .startsWith(origin(page) + expected(address) + (address.contains("?") ? "&" : "?") + "token=")
                    .hasLineCount(1);
        }
    }

    @Test
    void view_asJsonOrWithoutAPage_hasNoLink() {
        System.setProperty(TERMINAL, "true");
        assertThat(command("jobs list").text()).doesNotContain("Page: ");
        try (ServedPage page = serve()) {
            for (String line : List.of("jobs list", "jobs show JOB1", "runs show grid", "orphans", "trash list")) {
                assertThat(command(line + " --json").text()).doesNotContain(origin(page));
            }
        }
    }

    @Test
    void link_withoutAPage_namesTheCommandThatStartsIt() {
        CommandLineRun failed = command("jobs list state=done --link");

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.text())
                .contains("Cannot link to /jobs?q=state=done: no page of the workspace ", "monitor --web --workdir ");
    }

    @Test
    void link_viewThatThePageDoesNotHave_isRefused() {
        try (ServedPage page = serve()) {
            assertThat(command("jobs list --stale --link"))
                    .returns(2, CommandLineRun::exitCode)
                    .extracting(CommandLineRun::text)
                    .asString()
                    .contains("The page has no view of this")
                    .doesNotContain(origin(page));
        }
    }

    @Test
    void link_openedOnce_leadsToTheView() throws IOException {
        try (ServedPage page = serve()) {
            String link = command("jobs list state=done --link").text().strip();
            HttpURLConnection opened =
                    (HttpURLConnection) URI.create(link).toURL().openConnection();
            opened.setInstanceFollowRedirects(false);

            assertThat(opened.getResponseCode()).isEqualTo(303);
            assertThat(opened.getHeaderField("Location")).startsWith("/jobs?q=state%3Ddone#key=");

            String again = command("monitor --web --open " + origin(page) + "/x/grid/latest/jobs?q=state=failed")
                    .text();
            assertThat(again).contains("Page:    " + origin(page) + "/x/grid/latest/jobs?q=state=failed&token=");
        }
    }

    @Test
    void open_viewThatThePageDoesNotHave_namesTheViews() {
        CommandLineRun wrong = command("monitor --web --open /job");

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.text()).contains("'--open': the page has no view \"/job\"", "/x/EXPERIMENT/RUN");
    }

    private static String origin(ServedPage page) {
        return page.lines(PageView.of(PageScreen.WORKSPACE)).getFirst().replaceFirst("Page: *(http://[^/]+)/.*", "$1");
    }
}
