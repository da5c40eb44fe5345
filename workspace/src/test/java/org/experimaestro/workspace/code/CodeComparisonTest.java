package org.experimaestro.workspace.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.experimaestro.workspace.ClassPathStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code before and after an edit, with a task {@code p.Fit} that uses {@code p.Helper}, and a plan that uses both. */
class CodeComparisonTest {
    private static final List<String> FIT = List.of("p.Fit");

    @TempDir
    Path folder;

    private ClassPathStore store;
    private Path project;

    @BeforeEach
    void compileProject() throws IOException {
        assumeTrue(ToolProvider.getSystemJavaCompiler() != null, "this Java has no compiler");
        store = new ClassPathStore(folder.resolve("classpath"));
        project = folder.resolve("project");
        write("Helper", "class Helper { static int[] rate() { return new int[1]; } }");
        write("Fit", "class Fit { long big = 1L << 40; Object run() { return new Helper[][] {}; } }");
        write("Plan", "class Plan { Fit fit = new Fit(); static class Inner { int one = 1; } }");
        write("Other", "class Other { }");
    }

    @Test
    void compare_equalCode_isNoChange() throws IOException {
        List<CodeEntry> before = snapshot(project);

        assertThat(compare(before, FIT, project).isNone()).isTrue();
    }

    @Test
    void compare_editOfThePlanOrOfAnotherTask_isNoChangeOfTheTask() throws IOException {
        List<CodeEntry> before = snapshot(project);
        write("Plan", "class Plan { Fit fit; static class Inner { int one = 2; } }");
        write("Other", "class Other { int more; }");
        write("New", "class New { }");

        assertThat(compare(before, FIT, project).isNone()).isTrue();
        assertThat(compare(before, List.of("p.Other"), project).classes()).containsExactly("p.Other");
    }

    @Test
    void compare_editOfAClassThatTheTaskReaches_isNamed() throws IOException {
        List<CodeEntry> before = snapshot(project);
        write("Added", "class Added { }");
        write("Helper", "class Helper { Object added = new Added(); }");

        CodeChange change = compare(before, FIT, project);
        assertThat(change.classes()).containsExactly("p.Added", "p.Helper");
        assertThat(change.jars()).isEmpty();
    }

    @Test
    void compare_editOfThePlanThatTheTaskIsIn_isNamed() throws IOException {
        List<CodeEntry> before = snapshot(project);
        write("Plan", "class Plan { int more; static class Inner { int one = 1; } }");

        assertThat(compare(before, List.of("p.Plan$Inner"), project).classes()).contains("p.Plan");
    }

    @Test
    void compare_taskThatIsGone_isNamed() throws IOException {
        List<CodeEntry> before = snapshot(project);
        Files.delete(project.resolve("p/Fit.class"));

        assertThat(compare(before, FIT, project).classes()).contains("p.Fit");
    }

    @Test
    void compare_otherJars_countAsAWhole() throws IOException {
        Path library = Files.createDirectories(folder.resolve("lib"));
        Files.writeString(library.resolve("data.txt"), "1");
        List<CodeEntry> before = snapshot(project, library);
        Files.writeString(library.resolve("data.txt"), "2");

        CodeChange change = compare(before, FIT, project, library);
        assertThat(change.classes()).isEmpty();
        assertThat(change.jars()).containsExactly("lib");
        assertThat(compare(before, FIT, project).jars()).containsExactly("lib");
    }

    @Test
    void compare_anotherModuleOfTheProject_countsAsFarAsItIsReached() throws IOException {
        Path module = folder.resolve("1-common");
        move("Helper", module);
        move("Other", module);
        List<CodeEntry> before = snapshot(project, module);
        compile("Other", "class Other { int more; }", module);
        assertThat(compare(before, FIT, project, module).isNone()).isTrue();

        compile("Helper", "class Helper { int more; }", module);
        assertThat(compare(before, FIT, project, module).classes()).containsExactly("p.Helper");
    }

    @Test
    void compare_ourOwnJars_countForNothing() throws IOException {
        Path ours = folder.resolve("experimaestro-api");
        Files.createDirectories(ours.resolve("org/experimaestro"));
        Files.writeString(ours.resolve("org/experimaestro/Config.class"), "1");
        List<CodeEntry> before = snapshot(ours, project);
        Files.writeString(ours.resolve("org/experimaestro/Config.class"), "2");

        assertThat(compare(before, FIT, ours, project).isNone()).isTrue();
    }

    @Test
    void compare_codeThatSomebodyHasDeleted_isNamedByItsJar() throws IOException {
        List<CodeEntry> before = snapshot(project);
        write("Helper", "class Helper { }");
        Files.delete(before.get(0).place());

        CodeChange change = compare(before, FIT, project);
        assertThat(change.classes()).isEmpty();
        assertThat(change.jars()).containsExactly("project");
    }

    /** The other code may be that of another job, whose jars somebody has deleted. */
    @Test
    void compare_withCodeThatSomebodyHasDeleted_isNamedByItsJar() throws IOException {
        List<CodeEntry> before = snapshot(project);
        write("Helper", "class Helper { }");
        List<CodeEntry> after = snapshot(project);
        Files.delete(after.get(0).place());

        CodeChange change = new CodeComparison().compare(before, after, FIT);
        assertThat(change.classes()).isEmpty();
        assertThat(change.jars()).containsExactly("project");
    }

    @Test
    void compare_oneModuleThatSomebodyHasDeleted_othersAreCompared() throws IOException {
        Path module = folder.resolve("1-common");
        move("Helper", module);
        List<CodeEntry> before = snapshot(project, module);
        compile("Helper", "class Helper { int more; }", module);
        write("Fit", "class Fit { }");
        List<CodeEntry> after = snapshot(project, module);
        Files.delete(after.get(1).place());

        CodeChange change = new CodeComparison().compare(before, after, FIT);
        assertThat(change.classes()).containsExactly("p.Fit");
        assertThat(change.jars()).containsExactly("1-common");
    }

    @Test
    void compare_codeByLinks_isReadOfTheUserAndNotOfTheWorkspace() throws IOException {
        List<CodeEntry> before = snapshot(project);
        write("Helper", "class Helper { }");
        Path jar = store.snapshot(List.of(project)).get(0);
        Path link = Files.createSymbolicLink(folder.resolve("link.jar"), jar);
        assertThat(compare(before, FIT, link).classes()).containsExactly("p.Helper");

        Files.move(before.get(0).place(), folder.resolve("elsewhere.jar"));
        Files.createSymbolicLink(before.get(0).place(), folder.resolve("elsewhere.jar"));
        assertThatThrownBy(() -> compare(before, FIT, link))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a symbolic link is in the place of a file");
    }

    @Test
    void compare_damagedCode_isAnError() throws IOException {
        List<CodeEntry> before = snapshot(project);
        Files.writeString(project.resolve("p/Fit.class"), "no class file at all");
        assertThatThrownBy(() -> compare(before, FIT, project))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("p.Fit");

        Files.writeString(before.get(0).place(), "no jar");
        assertThatThrownBy(() -> compare(before, FIT, project)).isInstanceOf(IOException.class);
    }

    private CodeChange compare(List<CodeEntry> before, List<String> roots, Path... now) throws IOException {
        return new CodeComparison().compare(before, store.entries(List.of(now)), roots);
    }

    private List<CodeEntry> snapshot(Path... classPath) throws IOException {
        List<CodeEntry> entries = new ArrayList<>();
        for (Path copy : store.snapshot(List.of(classPath))) {
            entries.add(CodeEntry.ofCopy(copy));
        }
        assertThat(store.entries(List.of(classPath)))
                .extracting(CodeEntry::name)
                .isEqualTo(entries.stream().map(CodeEntry::name).toList());
        return entries;
    }

    private void write(String name, String source) throws IOException {
        compile(name, source, project);
    }

    private void move(String name, Path module) throws IOException {
        Files.createDirectories(module.resolve("p"));
        Files.move(project.resolve("p/" + name + ".class"), module.resolve("p/" + name + ".class"));
    }

    private void compile(String name, String source, Path classes) throws IOException {
        Files.createDirectories(classes);
        Path sources = Files.createDirectories(folder.resolve("source/p"));
        Files.writeString(sources.resolve(name + ".java"), "package p; " + source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-implicit:none",
                    "-d",
                    classes.toString(),
                    "-cp",
                    classes.toString(),
                    "-sourcepath",
                    folder.resolve("source").toString());
            Path file = sources.resolve(name + ".java");
            if (!compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
                    .call()) {
                throw new AssertionError(messages);
            }
        }
    }
}
