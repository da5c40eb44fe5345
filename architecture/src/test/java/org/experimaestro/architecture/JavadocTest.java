package org.experimaestro.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The completeness and the form of comments. Every public type and member that users import is documented, with its
 * parameters, results and type variables. A comment begins with a noun (a type, a field) or a verb (a method), and not
 * with a clause such as "Whether it is empty".
 */
class JavadocTest {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final Pattern CLAUSE =
            Pattern.compile("\\s*(What|Whatever|Whether|How|Where|Who|Whoever|When)\\b", Pattern.CASE_INSENSITIVE);

    @TempDir
    private Path classes;

    @ParameterizedTest
    @ValueSource(strings = {"api", "requirement", "spi"})
    void publicMembers_ofWhatOthersWriteAgainst_areDocumented(String module) throws IOException {
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> sources = Files.walk(Page.ROOT.resolve(module).resolve("src/main/java"))) {
            List<Path> java =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();

            assertThat(problems(files, files.getJavaFileObjectsFromPaths(java))).isEmpty();
        }
    }

    @Test
    void problems_undocumentedMember_namesIt() throws IOException {
        JavaFileObject source = source(
                "/** A class. */ public final class Bare { private Bare() {} public static int x() { return 1; } }");
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            assertThat(problems(files, List.of(source)))
                    .singleElement()
                    .asString()
                    .contains("Bare.java", "no comment");
        }
    }

    /** A module is added here once no comment of it begins with a clause. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "api",
                "base",
                "cli",
                "connector-ssh",
                "copy",
                "core",
                "engine",
                "exchange",
                "finder",
                "launcher-contract",
                "launcher-direct",
                "launcher-pbs",
                "launcher-slurm",
                "loader",
                "model",
                "monitor",
                "notify",
                "processor",
                "requirement",
                "runtime",
                "search",
                "settings",
                "spi",
                "table",
                "testkit",
                "tui",
                "web",
                "workspace"
            })
    void comments_ofAModule_beginWithANounOrAVerb(String module) throws IOException {
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> sources = Files.walk(Page.ROOT.resolve(module).resolve("src/main/java"))) {
            List<Path> java =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();

            assertThat(java).isNotEmpty();
            assertThat(clauses(files, files.getJavaFileObjectsFromPaths(java))).isEmpty();
        }
    }

    @Test
    void clauses_commentsThatBeginWithOne_areListedWithTheirLines() throws IOException {
        JavaFileObject source = source("""
                /** What a test compiles. */
                class Bare {
                    /** Whether it is empty. */
                    private boolean isEmpty;

                    /**
                     * How many there are.
                     *
                     * @return 0 or more
                     */
                    public int size() { return 0; }

                    /** Returns whether it is full. Whatever it holds does not count. */
                    boolean isFull() { return false; }
                }
                """);
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            assertThat(clauses(files, List.of(source)))
                    .containsExactly(
                            "/Bare.java:2: What a test compiles.",
                            "/Bare.java:4: Whether it is empty.",
                            "/Bare.java:11: How many there are.");
        }
    }

    private static JavaFileObject source(String text) {
        return new SimpleJavaFileObject(URI.create("string:///Bare.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    /** Returns the comments that begin with a clause: place, and first line. */
    private static List<String> clauses(StandardJavaFileManager files, Iterable<? extends JavaFileObject> sources)
            throws IOException {
        var task = (JavacTask) COMPILER.getTask(null, files, null, List.of("-proc:none"), null, sources);
        DocTrees trees = DocTrees.instance(task);
        List<String> found = new ArrayList<>();
        for (CompilationUnitTree unit : task.parse()) {
            new TreePathScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitPackage(PackageTree tree, @Nullable Void ignored) {
                    check(tree);
                    return super.visitPackage(tree, ignored);
                }

                @Override
                public @Nullable Void visitClass(ClassTree tree, @Nullable Void ignored) {
                    check(tree);
                    return super.visitClass(tree, ignored);
                }

                @Override
                public @Nullable Void visitMethod(MethodTree tree, @Nullable Void ignored) {
                    check(tree);
                    return super.visitMethod(tree, ignored);
                }

                @Override
                public @Nullable Void visitVariable(VariableTree tree, @Nullable Void ignored) {
                    check(tree);
                    return super.visitVariable(tree, ignored);
                }

                private void check(Tree tree) {
                    String comment = trees.getDocComment(getCurrentPath());
                    if (comment != null && CLAUSE.matcher(comment).lookingAt()) {
                        long start = trees.getSourcePositions().getStartPosition(unit, tree);
                        found.add(unit.getSourceFile().getName()
                                + ":" + unit.getLineMap().getLineNumber(start)
                                + ": " + comment.strip().lines().findFirst().orElseThrow());
                    }
                }
            }.scan(unit, null);
        }
        return found;
    }

    private List<String> problems(StandardJavaFileManager files, Iterable<? extends JavaFileObject> sources) {
        var found = new DiagnosticCollector<JavaFileObject>();
        List<String> options = List.of(
                "-Xdoclint:missing/protected",
                "-Xlint:none",
                "-Xmaxwarns",
                "10000",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString());
        boolean compiled =
                COMPILER.getTask(null, files, found, options, null, sources).call();
        List<String> problems = new ArrayList<>();
        found.getDiagnostics()
                .forEach(each -> problems.add(
                        (each.getSource() == null ? "" : each.getSource().getName() + ":" + each.getLineNumber() + ": ")
                                + each.getMessage(Locale.ENGLISH)));
        assertThat(compiled).as(problems.toString()).isTrue();
        return problems;
    }
}
