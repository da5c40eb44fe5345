package org.experimaestro.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.Main;
import org.experimaestro.cli.PlanFolder;
import org.experimaestro.disturbance.JvmCommand;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code jobs debug} on jobs that a run has made, in processes of their own. */
@Tag("thorough")
@Timeout(120)
class JobsDebugCommandTest {
    private static final Pattern PORT = Pattern.compile("at address: (\\d+)");

    @TempDir
    private Path place;

    private PlanFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new PlanFolder(place);
        folder.plan("xp.submit(CountBuilder.count().size(3).build());", """
                @ConfigType("t.count") record Count(int size, @GeneratedPath("out.txt") Path out)
                    implements SelfTask<Count> {
                  public void execute(TaskContext context) throws Exception {
                    if (Files.exists(out)) throw new IllegalStateException("the folder is not empty");
                    Files.writeString(out, "size " + size);
                    context.metric("size", size);
                    if (Boolean.getBoolean("broken")) throw new IllegalStateException("no luck");
                  }
                }""");
    }

    @Test
    void debug_doneJob_runsAgainInAScratchFolder() throws Exception {
        JobFolder job = run();
        List<String> before = files(job.path());
        Path scratch = place.resolve("scratch");

        CommandLineRun debugged = end(start(job, "--no-wait", "--port", "0", "--folder", scratch.toString()));

        assertThat(debugged.exitCode()).as(debugged::text).isZero();
        assertThat(debugged.text()).contains("Executes " + job.name() + " in " + scratch, "metric size = 3.0");
        assertThat(scratch.resolve("out.txt")).hasContent("size 3");
        assertThat(files(job.path())).isEqualTo(before);
        assertThat(job.status().state()).isEqualTo(JobState.DONE);
    }

    @Test
    void debug_portThatIsTaken_isRefusedBeforeAFolderIsMade() throws Exception {
        JobFolder job = run();
        Path scratch = place.resolve("scratch");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandLineRun refused = CommandLineRun.of(
                    "jobs",
                    "debug",
                    job.id().toString(),
                    "--workdir",
                    job.workspace().toString(),
                    "--port",
                    Integer.toString(taken.getLocalPort()),
                    "--folder",
                    scratch.toString());

            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.text())
                    .contains(
                            "Cannot wait for a debugger at port " + taken.getLocalPort(),
                            "give another one with --port");
        }
        assertThat(scratch).doesNotExist();
    }

    @Test
    void debug_waits_untilADebuggerLetsItGoOn() throws Exception {
        JobFolder job = run();
        Path scratch = place.resolve("scratch");

        Process process = start(job, "--port", "0", "--folder", scratch.toString());
        VirtualMachine debugger = attach(process);
        assertThat(scratch.resolve("out.txt")).doesNotExist();
        debugger.dispose(); // and so resumes it

        assertThat(end(process).exitCode()).isZero();
        assertThat(scratch.resolve("out.txt")).hasContent("size 3");
    }

    @Test
    void debug_taskThatFails_hasItsTraceAndExitCode() throws Exception {
        CommandLineRun debugged = end(start(run(), "--no-wait", "--port", "0", "--jvm", "-Dbroken=true"));

        assertThat(debugged.exitCode()).isEqualTo(1);
        assertThat(debugged.text()).contains("IllegalStateException: no luck", "Count.execute(experiment.java");
    }

    @Test
    void debug_folderThatIsNotEmpty_isRefused() throws Exception {
        CommandLineRun refused = CommandLineRun.of(
                "jobs",
                "debug",
                run().id().toString(),
                "--workdir",
                folder.workspace().toString(),
                "--port",
                "0",
                "--folder",
                folder.path().toString());

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.text()).contains("Cannot use the scratch folder", "it is not empty", "--folder");
    }

    private JobFolder run() {
        CommandLineRun run = folder.run();
        assertThat(run.exitCode()).as(run::text).isZero();
        return Workspace.view(folder.workspace()).jobs().iterator().next();
    }

    private Process start(JobFolder job, String... options) throws IOException {
        List<String> command = JvmCommand.of(
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "jobs",
                "debug",
                job.id().toString(),
                "--workdir",
                folder.workspace().toString());
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
    }

    private Path output() {
        return place.resolve("output.txt");
    }

    private CommandLineRun end(Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(100, TimeUnit.SECONDS))
                .as("the process ends")
                .isTrue();
        return new CommandLineRun(process.exitValue(), Files.readString(output()));
    }

    private VirtualMachine attach(Process process) throws Exception {
        String port = null;
        while (port == null) {
            assertThat(process.isAlive()).as(Files.readString(output())).isTrue();
            Matcher told = PORT.matcher(Files.readString(output()));
            port = told.find() ? told.group(1) : null;
            LockSupport.parkNanos(10_000_000);
        }
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(each -> each.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("localhost");
        arguments.get("port").setValue(port);
        return connector.attach(arguments);
    }

    private static List<String> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.map(file ->
                            folder.relativize(file) + " " + file.toFile().lastModified())
                    .sorted()
                    .toList();
        }
    }
}
