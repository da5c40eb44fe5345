package org.experimaestro.processor;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;
import org.experimaestro.ConfigType;
import org.jspecify.annotations.Nullable;

/**
 * A search for configuration types that are declared inside a method. Compilers do not show these to annotation
 * processors, so without this check a plan would only fail later, with a missing builder. Needs the trees of javac.
 */
final class LocalTypes extends TreePathScanner<Void, CompilationUnitTree> {
    private final Trees trees;

    private LocalTypes(Trees trees) {
        this.trees = trees;
    }

    static void check(ProcessingEnvironment environment, RoundEnvironment round) {
        Trees trees = findTrees(environment);
        if (trees == null) {
            return;
        }
        Set<CompilationUnitTree> units = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Element root : round.getRootElements()) {
            TreePath path = trees.getPath(root);
            if (path != null && units.add(path.getCompilationUnit()) && mayHaveOurs(path.getCompilationUnit())) {
                new LocalTypes(trees).scan(path.getCompilationUnit(), path.getCompilationUnit());
            }
        }
    }

    private static @Nullable Trees findTrees(ProcessingEnvironment environment) {
        try {
            return Trees.instance(environment);
        } catch (IllegalArgumentException | NoClassDefFoundError otherCompiler) {
            return null; // the compiler is not javac, or a build tool wraps it, so the compiler's own error must be
            // enough
        }
    }

    /** Returns whether our annotations are imported. Only then is the search needed, because bodies are long. */
    private static boolean mayHaveOurs(CompilationUnitTree unit) {
        for (ImportTree imported : unit.getImports()) {
            if (imported.getQualifiedIdentifier().toString().startsWith("org.experimaestro.")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, CompilationUnitTree unit) {
        if (isLocal(getCurrentPath())) {
            for (AnnotationTree annotation : type.getModifiers().getAnnotations()) {
                String name = annotation.getAnnotationType().toString();
                if (name.equals(ConfigType.class.getSimpleName()) || name.equals(ConfigType.class.getName())) {
                    trees.printMessage(
                            Diagnostic.Kind.ERROR,
                            type.getSimpleName() + " is local to a method, where no builder can see it;"
                                    + " make it a member of a class, or a top-level class",
                            type,
                            unit);
                }
            }
        }
        return super.visitClass(type, unit);
    }

    private static boolean isLocal(TreePath path) {
        for (Tree part : path) {
            if (part instanceof BlockTree) {
                return true;
            }
        }
        return false;
    }
}
