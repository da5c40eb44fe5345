package org.experimaestro.runtime.program;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.Program;
import org.experimaestro.ProgramException;
import org.experimaestro.TaskContext;
import org.experimaestro.base.file.Folders;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.program.OutputPattern;
import org.experimaestro.core.program.ProgramLine;
import org.experimaestro.core.program.ProgramParameters;
import org.experimaestro.workspace.LogFile;
import org.experimaestro.workspace.LogTail;
import org.jspecify.annotations.Nullable;

/**
 * A run of a task's program, under the contract of {@link TaskContext#run}. Confined to the thread of the task.
 *
 * <p>On the start path of a program: without lambdas, whose first one costs more than the start of the program.
 */
public final class ProgramRun {
    private static final int SIGNALED = 128;
    private static final String NOWHERE = "/dev/null";

    private final TaskContext context;
    private final Program program;
    private final Path parametersFile;
    private final @Nullable Path measurementsFile;
    private final @Nullable Path log;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Set<Path> inputs = new LinkedHashSet<>();

    private ProgramRun(
            TaskContext context,
            Program program,
            Path parametersFile,
            @Nullable Path measurementsFile,
            @Nullable Path log) {
        this.context = context;
        this.program = program;
        this.parametersFile = parametersFile;
        this.measurementsFile = measurementsFile;
        this.log = log;
    }

    /**
     * Runs a program of a job, and waits for its end.
     *
     * @param context the task's context
     * @param program the program
     * @param parametersFile the file for its parameters
     * @param measurementsFile the file for its measurements; {@code null} if they do not count
     * @param log the log of this process's standard error, whose last line is told if the program fails
     * @throws ProgramException if it ends with another exit code than 0
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the thread is interrupted; the program has ended then
     */
    public static void run(
            TaskContext context, Program program, Path parametersFile, @Nullable Path measurementsFile, Path log)
            throws IOException, InterruptedException {
        new ProgramRun(context, program, parametersFile, measurementsFile, log).run();
    }

    /**
     * Runs a program of a task that has no job, such as that of a unit test, and waits for its end.
     *
     * @param context the task's context
     * @param program the program
     * @throws ProgramException if it ends with another exit code than 0
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the thread is interrupted; the program has ended then
     */
    public static void run(TaskContext context, Program program) throws IOException, InterruptedException {
        Path files = Files.createTempDirectory(context.folder(), ".program-"); // a container has that folder, too
        try {
            new ProgramRun(context, program, files.resolve("parameters.json"), files.resolve("measurements"), null)
                    .run();
        } finally {
            Folders.delete(files);
        }
    }

    private void run() throws IOException, InterruptedException {
        prepare();
        String after = "";
        List<String> command = program.command();
        if (program.image().isPresent()) {
            String name = "experimaestro-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
            ContainerCommand container = ContainerCommand.of(program, searchPath(), name);
            command = container.words(program, context.folder(), inputs, variables.keySet());
            after = container.end();
        }
        LineSplitter measured = new LineSplitter("the program's measurements") {
            @Override
            void tell(String text) {
                ProgramLine.tell(text, context);
            }
        };
        LineReader file = measurementsFile == null ? null : LineReader.ofFile(measurementsFile, measured);
        System.out.flush();
        System.err.flush();
        long logged = logSize();
        int exitCode;
        LineSplitter printed = null;
        LineReader output = null;
        boolean isOutputRead = program.measures().isPresent();
        try (GuardedProcess process = GuardedProcess.start(command, variables, context.folder(), isOutputRead, after)) {
            try {
                if (file != null) {
                    file.start();
                }
                if (isOutputRead) {
                    printed = ofOutput(program.measures().get());
                    output = LineReader.ofOutput(process.output(), printed);
                    output.start();
                }
                exitCode = process.await(name());
            } finally {
                process.endRest(); // first, because what the program has left may hold its output
                finish(output);
                finish(file);
            }
        }
        requireTold(measured);
        requireTold(printed);
        if (exitCode != 0) {
            throw new ProgramException(message(exitCode, logged), exitCode);
        }
    }

    private LineSplitter ofOutput(String regex) {
        OutputPattern pattern = new OutputPattern(regex);
        return new LineSplitter("the program's output") {
            @Override
            void tell(String text) {
                pattern.tell(text, context);
            }
        };
    }

    private static void finish(@Nullable LineReader reader) {
        if (reader != null) {
            reader.finish();
        }
    }

    private static void requireTold(@Nullable LineSplitter lines) {
        RuntimeException failure = lines == null ? null : lines.failure();
        if (failure != null) {
            throw failure;
        }
    }

    /** Sets the variables and the inputs, and writes the parameters. */
    private void prepare() throws IOException {
        variables.put(JobVariables.PROGRAM_FOLDER, context.folder().toString());
        variables.put(JobVariables.PROGRAM_ATTEMPT, Integer.toString(context.attempt()));
        variables.put(
                JobVariables.PROGRAM_MEASUREMENTS, measurementsFile == null ? NOWHERE : measurementsFile.toString());
        inputs.addAll(program.inputs());
        if (program.hasParameters()) {
            ProgramParameters parameters =
                    ProgramParameters.of(program.parameters().get());
            inputs.addAll(parameters.paths());
            for (Map.Entry<String, Path> path : parameters.generated().entrySet()) {
                variables.put(
                        JobVariables.PROGRAM_PATH + path.getKey(),
                        path.getValue().toString());
            }
            write(parameters);
        }
        variables.putAll(program.environment());
    }

    /** Writes the parameters. A program that does not read them needs no file: some are too deep for JSON. */
    private void write(ProgramParameters parameters) throws IOException {
        String text;
        try {
            text = parameters.text();
        } catch (IllegalArgumentException tooMany) {
            System.err.println("The program gets no file of its parameters: " + tooMany.getMessage());
            return;
        }
        AtomicFile.write(parametersFile, text);
        variables.put(JobVariables.PROGRAM_PARAMETERS, parametersFile.toString());
    }

    private String searchPath() {
        String own = program.environment().get("PATH");
        String path = own == null ? System.getenv("PATH") : own;
        return path == null ? "" : path;
    }

    private long logSize() {
        if (log != null) {
            try (SeekableByteChannel channel = LogFile.open(log)) {
                return channel.size();
            } catch (IOException none) {
                // The message has no line of it.
            }
        }
        return 0;
    }

    private String message(int exitCode, long loggedBefore) {
        String end = name() + " ended with exit code " + exitCode
                + (exitCode > SIGNALED ? " (signal " + (exitCode - SIGNALED) + ")" : "");
        if (log == null || logSize() == loggedBefore) {
            return end;
        }
        List<String> last = LogTail.of(log, 1);
        return last.isEmpty() || last.get(0).isBlank()
                ? end
                : end + ": " + last.get(0).strip();
    }

    /** Returns the names of the program and its script: {@code python3 train.py}. */
    private String name() {
        List<String> command = program.command();
        String first = fileName(command.get(0));
        return command.size() > 1 && !command.get(1).startsWith("-") ? first + " " + fileName(command.get(1)) : first;
    }

    private static String fileName(String word) {
        String name = word.substring(word.lastIndexOf('/') + 1);
        return name.isEmpty() ? word : name;
    }
}
