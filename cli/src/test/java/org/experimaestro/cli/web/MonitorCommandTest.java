package org.experimaestro.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.experimaestro.ConfigId;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.Main;
import org.experimaestro.cli.TempHome;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(60)
@ExtendWith(TempHome.class)
class MonitorCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        Workspace.open(folder);
    }

    @Test
    void monitor_withoutTerminal_printsTheFirstScreen() {
        CommandLineRun run = CommandLineRun.of("monitor", "--workdir", folder.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.text()).contains("This workspace has no runs.", "experimaestro run-experiment FILE.yaml");
    }

    @Test
    void monitor_portWithoutWeb_isRefused() {
        CommandLineRun run = CommandLineRun.of("monitor", "--port", "9000", "--workdir", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.text()).contains("--port is an option of --web, which is missing");
    }

    @Test
    void monitor_portThatIsNone_isRefused() {
        CommandLineRun run = CommandLineRun.of("monitor", "--web", "--port", "65536", "--workdir", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.text()).contains("Invalid value for option '--port'", "not 65536");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", ":/work", "cluster:", ""})
    void monitor_sshWithoutAHostOrAPath_isRefusedWithTheForm(String place) {
        CommandLineRun run = CommandLineRun.of("monitor", "--ssh", place);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.text()).contains("expected HOST:/PATH, such as cluster:/data/lab/work, not \"" + place + "\"");
    }

    @Test
    void monitor_sshWithAnotherWorkspace_isRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("grid.yaml"), "id: grid\nclass: a.Plan\nworkdir: none\n");
        for (String[] other : new String[][] {{"--workdir", folder.toString()}, {file.toString()}}) {
            List<String> words = new ArrayList<>(List.of("monitor", "--ssh", "cluster:/work"));
            words.addAll(List.of(other));
            CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.text()).contains("--ssh names the workspace: leave out --workdir and the experiment's file");
        }
    }

    @Test
    void monitor_javaOfNoHost_isRefused() {
        CommandLineRun run = CommandLineRun.of("monitor", "--ssh-java", "/opt/jdk", "--workdir", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.text()).contains("--ssh-java is an option of --ssh, which is missing");
    }

    @Test
    void monitor_sshOfAProgramThatWasNotUnpacked_saysWhatToStart() {
        CommandLineRun run = CommandLineRun.of("monitor", "--ssh", "cluster:/work");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.text()).contains("Cannot send Experimaestro to another host", "bin/experimaestro");
    }

    @Test
    void monitor_portThatIsTaken_namesTheWayOut() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());

            CommandLineRun run = CommandLineRun.of("monitor", "--web", "--port", port, "--workdir", folder.toString());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.text())
                    .contains("Cannot serve the page of " + folder + " at 127.0.0.1:" + port, "choose another --port");
        }
    }

    @Test
    void monitor_workspaceThatIsMissing_isRefused() {
        CommandLineRun run = CommandLineRun.of(
                "monitor", "--web", "--workdir", folder.resolve("none").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.text()).contains("There is no workspace in");
    }

    @Test
    void monitor_fileBeforeTheFirstRun_saysHowToStartIt() throws IOException {
        Path file = Files.writeString(folder.resolve("my grid.yaml"), "id: grid\nclass: a.Plan\nworkdir: none\n");

        CommandLineRun missing = CommandLineRun.of("monitor", "--web", file.toString());
        CommandLineRun without = CommandLineRun.of("monitor", file.toString(), "--workdir", folder.toString());

        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.text())
                .contains("There is no workspace in " + folder.resolve("none"))
                .contains("the first run of the experiment makes it: experimaestro run-experiment '" + file + "'")
                .doesNotContain("give the experiment's YAML file");
        assertThat(without.exitCode()).isZero();
        assertThat(without.text())
                .contains("The experiment grid has no run in " + folder + " yet; its first run appears here:"
                        + " experimaestro run-experiment --workdir " + folder + " '" + file + "'");
    }

    @Test
    void monitor_fileWithARun_opensItsLatestRun() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("grid.yaml"), "id: grid\nclass: a.Plan\nworkdir: .\n");
        Workspace.open(folder).experiment("grid").newRun(Instant.now());
        Served served = Served.start(file.toString());
        served.line();

        assertThat(served.address()).contains("/x/grid/latest");
        served.end();
    }

    @Test
    void monitor_untilItIsInterrupted_servesThePrintedAddress() throws IOException, InterruptedException {
        Served served = Served.start("--workdir", folder.toString(), "--read-only");

        assertThat(served.line()).isEqualTo("Workspace " + folder + ", read-only");
        assertThat(status(served.address())).isEqualTo(303);

        assertThat(served.end()).anyMatch(line -> line.equals("Interrupted."));
    }

    @Test
    void monitor_pageThatRuns_givesANewAddressOfIt() throws IOException, InterruptedException {
        Served served = Served.start("--workdir", folder.toString());
        served.line();
        String first = served.address();

        CommandLineRun again = CommandLineRun.of("monitor", "--web", "--workdir", folder.toString());

        assertThat(again.exitCode()).isZero();
        assertThat(again.text()).contains("its page runs already, in the process ", "--new starts another one");
        String second = again.text().replaceFirst("(?s).*Page: *(\\S+) .*", "$1");
        assertThat(origin(second)).isEqualTo(origin(first));
        assertThat(second).isNotEqualTo(first);
        assertThat(status(second)).isEqualTo(303);
        served.end();
    }

    @Test
    void monitor_pageThatIsNotAsWanted_startsAnother() throws IOException, InterruptedException {
        Served first = Served.start("--workdir", folder.toString());
        first.line();
        String origin = origin(first.address());
        for (String[] wanted : new String[][] {{"--read-only"}, {"--new"}, {"--host", "localhost"}}) {
            Served other = Served.start(Stream.concat(Stream.of("--workdir", folder.toString()), Arrays.stream(wanted))
                    .toArray(String[]::new));

            assertThat(other.line())
                    .as(wanted[0])
                    .startsWith("Workspace " + folder)
                    .doesNotContain("runs already");
            assertThat(origin(other.address())).as(wanted[0]).isNotEqualTo(origin);
            other.end();
        }
        first.end();
    }

    @Test
    void list_pagesThatRun_namesThem_withTheTokenForScriptsOnly() throws IOException, InterruptedException {
        CommandLineRun none = CommandLineRun.of("monitor", "--web", "--list");
        assertThat(none.exitCode()).isZero();
        assertThat(none.text()).contains("You serve no page");

        Served served = Served.start("--workdir", folder.toString());
        served.line();
        String origin = origin(served.address());

        assertThat(CommandLineRun.of("monitor", "--web", "--list").text())
                .containsPattern("(?m)^" + origin + " +" + folder.toRealPath() + " .* yes$")
                .doesNotContain("token");
        JsonObject json = JsonObject.of(
                Json.parse(CommandLineRun.of("monitor", "--web", "--list", "--json")
                        .text()),
                "the list");
        assertThat(json.string("address")).isEqualTo(origin);
        HttpURLConnection question = (HttpURLConnection)
                URI.create(origin + "/api/1/workspace").toURL().openConnection();
        question.setRequestProperty("Authorization", "Bearer " + json.string("token"));
        assertThat(question.getResponseCode()).isEqualTo(200);
        served.end();
    }

    @Test
    void monitor_jsonWithoutList_isRefused() {
        CommandLineRun run = CommandLineRun.of("monitor", "--web", "--json", "--workdir", folder.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.text()).contains("--json is for --list");
    }

    private static String token() {
        CommandLineRun list = CommandLineRun.of("monitor", "--web", "--list", "--json");
        return JsonObject.of(Json.parse(list.text()), "the list").string("token");
    }

    private static String origin(String address) {
        return address.replaceFirst("(http://[^/]+).*", "$1");
    }

    private static int status(String address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        return connection.getResponseCode();
    }

    @Test
    void monitor_endedWhileAnActionWaits_saysThatNothingWasChanged() throws IOException, InterruptedException {
        JobFolder job = Workspace.open(folder).job("a.learn", ConfigId.parse("0".repeat(31) + "1"));
        job.write("{}", "");
        job.claim(ProcessIdentity.current(), "test");
        job.attempt(1).begin(ProcessIdentity.current(), System.currentTimeMillis());
        job.attempt(1).failed(FailureCause.EXCEPTION, "no space", null);
        Served served = Served.start("--port", "0", "--workdir", folder.toString());
        served.line();
        String origin = origin(served.address());
        URI clean = URI.create(origin + "/api/1/actions/clean");
        HttpURLConnection connection = (HttpURLConnection) clean.toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + token());
        connection.setDoOutput(true);
        connection.getOutputStream().write(("{\"jobs\": [\"" + job.name() + "\"]}").getBytes(StandardCharsets.UTF_8));
        assertThat(new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("\"noted\"");

        assertThat(served.end())
                .anyMatch(line -> line.endsWith(
                        "The page ended before the time of these actions, which have changed nothing: clean of 1 job"));
        assertThat(job.path()).exists();
    }

    /** A command that serves a page until it is interrupted. */
    private record Served(Thread thread, PrintWriter out, BufferedReader lines) {
        static Served start(String... options) throws IOException {
            PipedInputStream pipe = new PipedInputStream();
            PrintWriter out = new PrintWriter(new PipedOutputStream(pipe), true, StandardCharsets.UTF_8);
            CommandLine command = Main.commandLine(new CommandLine(new MonitorCommand()));
            command.setOut(out).setErr(out);
            String[] all =
                    Stream.concat(Stream.of("--web"), Arrays.stream(options)).toArray(String[]::new);
            Thread thread = Thread.ofPlatform().start(() -> command.execute(all));
            return new Served(thread, out, new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8)));
        }

        String line() throws IOException {
            return lines.readLine();
        }

        /** Returns the address, which the next line has. */
        String address() throws IOException {
            return line().replaceFirst("Page: *(\\S+) .*", "$1");
        }

        /** Ends the command, and returns its last lines. */
        List<String> end() throws InterruptedException {
            thread.interrupt();
            thread.join();
            out.close();
            return lines.lines().toList();
        }
    }
}
