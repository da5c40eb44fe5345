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
import java.nio.file.Path;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.Main;
import org.experimaestro.cli.TempHome;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
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
    void monitor_untilItIsInterrupted_servesThePrintedAddress() throws IOException, InterruptedException {
        PipedInputStream pipe = new PipedInputStream();
        PrintWriter out = new PrintWriter(new PipedOutputStream(pipe), true, StandardCharsets.UTF_8);
        CommandLine command = Main.commandLine(new CommandLine(new MonitorCommand()));
        command.setOut(out).setErr(out);
        Thread served = Thread.ofPlatform()
                .start(() -> command.execute("--web", "--port", "0", "--workdir", folder.toString(), "--read-only"));
        BufferedReader lines = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8));

        assertThat(lines.readLine()).isEqualTo("Workspace " + folder + ", read-only");
        String address = lines.readLine().replaceFirst("Page: *(\\S+) .*", "$1");
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        assertThat(connection.getResponseCode()).isEqualTo(303);

        served.interrupt();
        served.join();
        out.close();
        assertThat(lines.lines()).anyMatch(line -> line.equals("Interrupted."));
    }
}
