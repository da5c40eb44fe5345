package org.experimaestro.loader.source;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.experimaestro.PlanException;

/** Compiles a plan's folder in this process, with our annotation processor, for the running JDK. */
final class PlanCompiler {
    /** The running JDK is the target, since no release is given; no source is looked for beside those given. */
    private static final List<String> OPTIONS =
            List.of("-proc:full", "-g", "-parameters", "-implicit:none", "-Xlint:-options", "-Xmaxerrs", "10000");

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
     * @throws PlanException with every error of the compiler, or when the file has no usable plan
     */
    String compile(SourceFolder folder, List<Path> libraries, Path classes, Path generated) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new PlanException(
                    "Cannot compile " + folder.plan().fileName() + ": the Java at " + JdkIdentity.home()
                            + " has no compiler",
                    null,
                    "install a JDK (not a JRE), and name it in JAVA_HOME",
                    null);
        }
        var messages = new CompilerMessages();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(messages, Locale.ENGLISH, StandardCharsets.UTF_8)) {
            List<Path> classPath = Stream.concat(toolbox.apiPath().stream(), libraries.stream())
                    .toList();
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
            files.setLocationFromPaths(StandardLocation.ANNOTATION_PROCESSOR_PATH, toolbox.processorPath());
            files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            files.setLocationFromPaths(StandardLocation.SOURCE_OUTPUT, List.of(generated));
            var task = (JavacTask) compiler.getTask(null, files, messages, OPTIONS, null, folder.sources());
            return compile(folder, task, messages);
        }
    }

    private static String compile(SourceFolder folder, JavacTask task, CompilerMessages messages) {
        var finder = new PlanFinder(folder, task, messages);
        task.addTaskListener(finder);
        boolean succeeded = call(folder, task);
        finder.refuseCompactSource();
        if (!succeeded || messages.hasErrors()) {
            throw messages.asException(folder.plan());
        }
        return finder.planClass();
    }

    private static boolean call(SourceFolder folder, JavacTask task) {
        try {
            return task.call();
        } catch (RuntimeException e) {
            throw new PlanException(
                    "Cannot compile " + folder.plan().fileName()
                            + ": the compiler or an annotation processor broke down: " + e.getMessage(),
                    null,
                    "please report it with the trace of its cause",
                    e);
        }
    }
}
