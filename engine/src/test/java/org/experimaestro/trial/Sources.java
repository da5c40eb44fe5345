package org.experimaestro.trial;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A user's project that is built, and built again. */
public final class Sources {
    private Sources() {}

    /** A step that writes a text, whatever it read; the text is not a parameter. */
    public static final String SAY = """
            package rebuilt;

            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.util.List;
            import org.experimaestro.*;
            import org.experimaestro.trial.Written;

            @ConfigType(value = "rebuilt.say", version = VERSION)
            public record Say(List<Written> inputs, @GeneratedPath("said.txt") Path file) implements SelfTask<Say> {
              @Override public void execute(TaskContext context) throws java.io.IOException {
                Files.writeString(file, "TEXT");
              }
            }
            """;

    /** Compiles a class into a folder, in the place of what was there. */
    public static void compile(String className, String source, Path classes) throws IOException {
        Files.createDirectories(classes);
        Path file = classes.resolveSibling(classes.getFileName() + "-source").resolve(className + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
            if (!compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
                    .call()) {
                throw new AssertionError(messages);
            }
        }
    }

    /** Compiles {@code rebuilt.Say}. */
    public static void compileSay(String text, int version, Path classes) throws IOException {
        compile("Say", SAY.replace("TEXT", text).replace("VERSION", Integer.toString(version)), classes);
    }
}
