package org.experimaestro.loader.source;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.experimaestro.PlanException;
import org.jspecify.annotations.Nullable;

/** A compiler of a plan's folder in this process, with our annotation processor, for the running JDK. */
final class PlanCompiler {
    /** The options. Without a release, the target is the running JDK; only the given sources are compiled. */
    private static final List<String> OPTIONS =
            List.of("-proc:full", "-g", "-parameters", "-implicit:none", "-Xlint:-options", "-Xmaxerrs", "10000");

    private static final String PROCESSORS = "META-INF/services/javax.annotation.processing.Processor";

    private final Toolbox toolbox;

    PlanCompiler(Toolbox toolbox) {
        this.toolbox = toolbox;
    }

    /**
     * Compiles all sources of the folder.
     *
     * @param libraries jars of the {@code //DEPS} lines
     * @param classes existing folder that gets the classes and the processor's resources
     * @param generated existing folder that gets the processor's sources
     * @return the plan's binary name
     * @throws PlanException if the compiler reports errors, with all of them; or if the file has no usable plan
     */
    String compile(SourceFolder folder, List<Path> libraries, Path classes, Path generated) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw PlanException.of("Cannot compile " + folder.plan().fileName() + ": the Java at " + JdkIdentity.home()
                            + " has no compiler")
                    .advice("install a JDK (not a JRE), and name it in JAVA_HOME")
                    .build();
        }
        var messages = new CompilerMessages();
        var breakdown = new StringWriter();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(messages, Locale.ENGLISH, StandardCharsets.UTF_8)) {
            List<Path> classPath = Stream.concat(toolbox.apiPath().stream(), libraries.stream())
                    .toList();
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            files.setLocationFromPaths(StandardLocation.ANNOTATION_PROCESSOR_PATH, processorPath(libraries));
            files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            files.setLocationFromPaths(StandardLocation.SOURCE_OUTPUT, List.of(generated));
            var task = (JavacTask) compiler.getTask(breakdown, files, messages, OPTIONS, null, folder.sources());
            return compile(folder, task, messages, breakdown);
        }
    }

    /** Returns our processor and those of libraries (Lombok), which may need any other library. */
    private List<Path> processorPath(List<Path> libraries) throws IOException {
        List<Path> path = new ArrayList<>(toolbox.processorPath());
        for (Path library : libraries) {
            try (var jar = new ZipFile(library.toFile())) {
                if (jar.getEntry(PROCESSORS) != null) {
                    path.addAll(libraries);
                    return path;
                }
            }
        }
        return path;
    }

    /**
     * Runs the compiler.
     *
     * @param breakdown the compiler's output if it crashes; its messages are not part of it
     */
    private static String compile(
            SourceFolder folder, JavacTask task, CompilerMessages messages, StringWriter breakdown) {
        var finder = new PlanFinder(folder, task, messages);
        var builders = new BuilderAdvice(folder, task, messages);
        task.addTaskListener(finder);
        task.addTaskListener(builders);
        boolean succeeded = call(folder, task);
        if (messages.hasErrors()) {
            List<String> advice = new ArrayList<>(finder.adviceAfterErrors());
            advice.addAll(builders.afterErrors());
            throw messages.asException(folder.plan(), advice);
        }
        if (!succeeded) {
            throw brokenDown(folder, firstLine(breakdown.toString()), null);
        }
        finder.refuseCompactSource();
        return finder.planClass();
    }

    private static boolean call(SourceFolder folder, JavacTask task) {
        try {
            return task.call();
        } catch (RuntimeException e) {
            throw brokenDown(folder, String.valueOf(e.getMessage()), e);
        }
    }

    private static PlanException brokenDown(SourceFolder folder, String reason, @Nullable RuntimeException cause) {
        return PlanException.of("Cannot compile " + folder.plan().fileName()
                        + ": the compiler or an annotation processor broke down: " + reason)
                .advice(
                        reason.contains(StackOverflowError.class.getName())
                                ? "write the expression that is nested very deeply in several steps"
                                : "please report it with the trace of its cause")
                .cause(cause)
                .build();
    }

    /** Returns the line that names the exception: the line before the first line of the trace. */
    private static String firstLine(String output) {
        List<String> lines = output.lines().toList();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith("\tat ")) {
                return lines.get(i - 1);
            }
        }
        return output.isBlank() ? "it says nothing" : output.strip();
    }
}
