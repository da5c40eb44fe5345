package org.experimaestro.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.experimaestro.engine.local.Jars;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search for the jars whose classes are new for each task. The first jar of each class path is the plan's. */
class FreshJarsTest {
    @TempDir
    Path folder;

    private final List<Path> jars = new ArrayList<>();

    @BeforeEach
    void setUp() throws IOException {
        add("Thing", "public class Thing {}");
    }

    /** Compiles a class against those before, into a jar of its own. */
    private void add(String className, String source) throws IOException {
        Path file = Files.createDirectories(folder.resolve("source")).resolve(className + ".java");
        Files.writeString(file, source);
        Path classes = Files.createDirectories(folder.resolve(className));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            String classPath =
                    String.join(":", jars.stream().map(Path::toString).toList());
            List<String> options = List.of("-proc:none", "-d", classes.toString(), "-cp", classPath);
            assertThat(compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
                            .call())
                    .as(messages.toString())
                    .isTrue();
        }
        jars.add(Jars.pack(classes, folder.resolve(className + ".jar")));
    }

    private List<String> fresh() throws IOException {
        BitSet own = new BitSet();
        own.set(0);
        return FreshJars.find(jars, own).stream()
                .map(jar -> jar.getFileName().toString().replace(".jar", ""))
                .toList();
    }

    @Test
    void find_libraryThatKnowsNothingOfThePlan_isShared() throws Exception {
        add("Other", "package lib; public class Other { String thing = \"Thing\"; int Thing; }");
        assertThat(fresh()).containsExactly("Thing");
    }

    @Test
    void find_libraryThatHandsAnObjectOn_isFresh() throws Exception {
        add("Main", "package plan; public class Main {}");
        jars.remove(0);
        // Its constants name the class in a descriptor only.
        add("Helper", "package lib; public class Helper { static void use(plan.Main it) {} }");
        assertThat(fresh()).containsExactly("Main", "Helper");
    }

    @Test
    void find_libraryThatRefersToAFreshOne_isFresh() throws Exception {
        add("Main", "package plan; public class Main {}");
        jars.remove(0);
        add("Middle", "package middle; public class Middle { java.util.List<plan.Main> all; }");
        add("Upper", "package upper; public class Upper extends middle.Middle {}");
        add("Lower", "package lower; public class Lower {}");
        add("Named", "package named; public class Named { String name = \"plan.Main\"; }");
        assertThat(fresh()).containsExactly("Main", "Middle", "Upper", "Named");
    }

    @Test
    void find_libraryThatSharesAPackage_isFresh() throws Exception {
        add("Main", "package plan; public class Main {}");
        jars.remove(0);
        add("Beside", "package plan; public class Beside {}");
        assertThat(fresh()).containsExactly("Main", "Beside");
    }

    @Test
    void find_fileThatIsNoJar_isShared() throws Exception {
        jars.add(Files.writeString(folder.resolve("text.jar"), "text"));
        assertThat(fresh()).containsExactly("Thing");
    }
}
