package org.experimaestro.loader.source;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Advice for builders that the compiler does not find, because their types are not annotated. */
final class BuilderAdvice implements TaskListener {
    private static final String SUFFIX = "Builder";
    private static final Pattern ANNOTATION = Pattern.compile("(.*\\.)?ConfigType");
    private static final Pattern MISSING = Pattern.compile("symbol: +(?:class|variable) (\\w+)" + SUFFIX + "\\b");

    private final SourceFolder folder;
    private final Trees trees;
    private final CompilerMessages messages;
    /** The advice for each type without the annotation, by the name that its builder would have. */
    private final Map<String, String> advice = new LinkedHashMap<>();

    BuilderAdvice(SourceFolder folder, JavacTask task, CompilerMessages messages) {
        this.folder = folder;
        this.trees = Trees.instance(task);
        this.messages = messages;
    }

    @Override
    public void started(TaskEvent event) {
        if (event.getKind() == TaskEvent.Kind.ENTER) {
            folder.sources().stream()
                    .filter(source -> source.isAt(event.getSourceFile()))
                    .forEach(source -> collect(event.getCompilationUnit(), source.fileName()));
        }
    }

    /** Returns advice for each type whose builder the sources use. */
    List<String> afterErrors() {
        return messages.unknownNames()
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .map(advice::get)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /**
     * Returns the same advice for a build whose sources are not available.
     *
     * @param errors the compiler's errors, with all their lines
     */
    static @Nullable String of(List<String> errors) {
        return errors.stream()
                .flatMap(error -> MISSING.matcher(error).results())
                .map(missing -> missing.group(1))
                .findFirst()
                .map(builder -> advice(builder.replace('_', '.'), builder + SUFFIX))
                .orElse(null);
    }

    private void collect(CompilationUnitTree unit, String fileName) {
        new TreeScanner<@Nullable Void, String>() {
            @Override
            public @Nullable Void visitClass(ClassTree type, String outer) {
                String name = outer + type.getSimpleName();
                if ((type.getKind() == Tree.Kind.RECORD || type.getKind() == Tree.Kind.CLASS) && !isAnnotated(type)) {
                    String builder = name.replace('.', '_') + SUFFIX;
                    long start = trees.getSourcePositions().getStartPosition(unit, type);
                    advice.put(
                            builder,
                            fileName + ":" + unit.getLineMap().getLineNumber(start) + ": " + advice(name, builder));
                }
                return super.visitClass(type, name + ".");
            }
        }.scan(unit, "");
    }

    private static String advice(String type, String builder) {
        return "annotate " + type + " with @ConfigType: " + builder + " is generated for configuration types";
    }

    private static boolean isAnnotated(ClassTree type) {
        return type.getModifiers().getAnnotations().stream()
                .map(AnnotationTree::getAnnotationType)
                .anyMatch(
                        annotation -> ANNOTATION.matcher(annotation.toString()).matches());
    }
}
