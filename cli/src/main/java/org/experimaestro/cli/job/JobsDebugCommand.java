package org.experimaestro.cli.job;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.JobArgument;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.engine.job.JobEnvironment;
import org.experimaestro.model.root.RootPlaces;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.settings.WorkspaceSettings;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.StoredClassPath;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs debug}. */
@Command(
        name = "debug",
        mixinStandardHelpOptions = true,
        description = {
            "Executes the task of a job again on this machine, with the job's code and parameters, in a scratch folder,"
                    + " and waits for a debugger before it begins.",
            "The job keeps its state, its logs and its results. Attach the debugger of your IDE to the printed port"
                    + " (remote JVM debug), with the sources that the job was submitted with.",
            "The exit code is that of the task's process, such as 0, 1 if the task failed, or 143 if SIGTERM ended it."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro jobs debug 3f2a",
            "  experimaestro jobs debug 3f2a --no-wait --jvm -ea"
        })
final class JobsDebugCommand implements Callable<Integer> {
    /** The name of the main class, in the job's own code. */
    private static final String MAIN = "org.experimaestro.runtime.ScratchMain";

    private static final int LAST_PORT = 65_535;

    @Mixin
    private final JobArgument argument = new JobArgument();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "5005",
            description = "The port on this machine at which the process listens for the debugger (default:"
                    + " ${DEFAULT-VALUE}; 0 takes a free one, which is printed).")
    private int port;

    @Option(names = "--no-wait", description = "Begin at once; a debugger may attach later.")
    private boolean noWait;

    @Option(
            names = "--jvm",
            paramLabel = "OPTION",
            description = "An option for the process's JVM, such as -Xmx8g; it may be repeated.")
    private List<String> jvmOptions = List.of();

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "The scratch folder, which is empty or does not exist (default: a new one among the temporary"
                    + " files). It is kept.")
    private @Nullable Path folder;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        checkOptions();
        JobFolder job = argument.find();
        List<Path> classPath = StoredClassPath.of(job);
        if (classPath.isEmpty()) {
            throw WorkspaceException.of("Cannot execute " + job.name()
                            + " again: its code is not stored, because it was" + " never prepared to run")
                    .advice("run its experiment first")
                    .build();
        }
        requireFreePort();
        Path scratch = scratch(job);
        Printer.err(spec.commandLine())
                .line("Executes " + job.name() + " in " + scratch
                        + (noWait ? "" : ", as soon as a debugger is attached"));
        ProcessBuilder process = new ProcessBuilder(command(job, classPath, scratch))
                .directory(scratch.toFile())
                .inheritIO();
        process.environment().putAll(roots(job));
        try {
            Process started = process.start();
            // A process that waits for a debugger would outlive this one.
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroy, "experimaestro-debug-end"));
            return started.waitFor();
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot start a JVM: " + Failures.reason(failed))
                    .cause(failed)
                    .build();
        }
    }

    private void checkOptions() {
        if (port < 0 || port > LAST_PORT) {
            throw wrong("--port is a number from 0 to " + LAST_PORT + ", and not " + port);
        }
        for (String option : jvmOptions) {
            if (!option.startsWith("-") && !option.startsWith("@")) {
                throw wrong("--jvm takes one option of the JVM, such as -Xmx8g, and not \"" + option + "\"");
            }
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** The process could say it only in words of its own, and after the scratch folder was made. */
    private void requireFreePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw WorkspaceException.of("Cannot wait for a debugger at port " + port + ": " + Failures.reason(taken))
                    .advice("give another one with --port, or 0 for a free one")
                    .cause(taken)
                    .build();
        }
    }

    private List<String> command(JobFolder job, List<Path> classPath, Path scratch) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-agentlib:jdwp=transport=dt_socket,server=y,suspend=" + (noWait ? "n" : "y")
                + ",address=localhost:" + port);
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(MAIN);
        command.add(job.path().toString());
        command.add(scratch.toString());
        return command;
    }

    private Path scratch(JobFolder job) {
        try {
            Path given = folder;
            if (given == null) {
                return Files.createTempDirectory("experimaestro-" + job.typeId() + "-")
                        .toRealPath();
            }
            Path made = Files.createDirectories(given).toRealPath();
            try (var files = Files.list(made)) {
                if (files.findAny().isPresent()) {
                    throw WorkspaceException.of("Cannot use the scratch folder " + made + ": it is not empty")
                            .advice("give another one with --folder")
                            .build();
                }
            }
            return made;
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot make a scratch folder: " + Failures.reason(failed))
                    .cause(failed)
                    .build();
        }
    }

    /** Returns the variable with the places of named roots on this machine, as a run here would define them. */
    private static Map<String, String> roots(JobFolder job) {
        UserSettings user = UserSettings.current();
        RootPlaces.define(WorkspaceSettings.read(job.workspace(), user).roots(user));
        return JobEnvironment.roots(Map.of());
    }
}
