package org.experimaestro.loader.source;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;
import javax.tools.Diagnostic;
import org.experimaestro.PlanException;
import org.jspecify.annotations.Nullable;

/** A listener of a compilation that collects the classes that implement {@link org.experimaestro.ExperimentPlan}. */
final class PlanFinder implements TaskListener {
    private static final String PLAN_TYPE = "org.experimaestro.ExperimentPlan";
    private static final String COMPACT = "it is a compact source file, with fields or methods outside any class";
    private static final String COMPACT_PLAN = "put the plan into a class that implements ExperimentPlan";

    private final SourceFolder folder;
    private final JavacTask task;
    private final Trees trees;
    private final CompilerMessages messages;
    private final List<Candidate> candidates = new ArrayList<>();
    /** The advice for classes of the plan's file that are almost plans. */
    private final List<String> almost = new ArrayList<>();
    /** Compact source files, each with the place of its first method or field. */
    private final Map<SourceFile, String> compact = new LinkedHashMap<>();

    PlanFinder(SourceFolder folder, JavacTask task, CompilerMessages messages) {
        this.folder = folder;
        this.task = task;
        this.trees = Trees.instance(task);
        this.messages = messages;
    }

    /**
     * Ignores files after an error of syntax: no class is entered, and the parser's result for such a file is not
     * reliable.
     */
    @Override
    public void started(TaskEvent event) {
        if (event.getKind() == TaskEvent.Kind.ENTER && !messages.hasErrors()) {
            folder.sources().stream()
                    .filter(source -> source.isAt(event.getSourceFile()))
                    .forEach(source -> findOutsideAnyClass(event.getCompilationUnit())
                            .ifPresent(line -> compact.put(source, source.fileName() + ":" + line)));
        }
    }

    @Override
    public void finished(TaskEvent event) {
        if (event.getKind() == TaskEvent.Kind.ANALYZE && event.getTypeElement() != null) {
            collect(event.getTypeElement(), event.getCompilationUnit());
        }
    }

    /**
     * Refuses a compact source file.
     *
     * @throws PlanException if the plan's file has fields or methods outside any class (JEP 512)
     */
    void refuseCompactSource() {
        String place = compact.get(folder.plan());
        if (place != null) {
            throw PlanException.of(COMPACT + ", which cannot be a plan")
                    .at(place)
                    .advice(COMPACT_PLAN)
                    .build();
        }
    }

    /** Returns the files with errors that have fields or methods outside any class, which is rarely intended. */
    List<String> adviceAfterErrors() {
        List<String> advice = new ArrayList<>();
        compact.forEach((source, place) -> {
            if (source.equals(folder.plan())) {
                advice.add(place + ": " + COMPACT + ", which cannot be a plan; " + COMPACT_PLAN);
            } else if (messages.hasErrorsIn(source)) {
                advice.add(place + ": " + COMPACT + "; put them into a class");
            }
        });
        if (candidatesInFile().isEmpty()) {
            almost.forEach(each -> advice.add(folder.plan().fileName() + ": " + each));
        }
        return advice;
    }

    /**
     * Returns the binary name of the file's only plan.
     *
     * @throws PlanException if there is none, there are several, or it cannot be instantiated
     */
    String planClass() {
        List<Candidate> inFile = candidatesInFile();
        List<Candidate> concrete =
                inFile.stream().filter(candidate -> !candidate.isAbstract).toList();
        if (concrete.size() > 1) {
            throw several(concrete);
        }
        if (concrete.isEmpty() && inFile.isEmpty()) {
            throw none();
        }
        Candidate plan = concrete.isEmpty() ? inFile.getFirst() : concrete.getFirst();
        if (plan.problem != null) {
            throw PlanException.of("Cannot use " + plan.displayName + " as the plan: " + plan.problem)
                    .at(plan.location())
                    .advice(plan.mend)
                    .build();
        }
        return plan.binaryName;
    }

    private List<Candidate> candidatesInFile() {
        return candidates.stream()
                .filter(candidate -> candidate.fileName.equals(folder.plan().fileName()))
                .toList();
    }

    /**
     * Returns the line of the first method or field outside any class. The class of a compact source file has no
     * header of its own, so it begins with its first member.
     */
    private OptionalLong findOutsideAnyClass(CompilationUnitTree unit) {
        SourcePositions positions = trees.getSourcePositions();
        for (Tree declaration : unit.getTypeDecls()) {
            if (declaration instanceof ClassTree type
                    && !type.getMembers().isEmpty()
                    && positions.getStartPosition(unit, type.getMembers().getFirst())
                            <= positions.getStartPosition(unit, type)) {
                return type.getMembers().stream()
                        .filter(member -> !(member instanceof ClassTree))
                        .mapToLong(member -> positions.getStartPosition(unit, member))
                        .filter(position -> position != Diagnostic.NOPOS)
                        .map(unit.getLineMap()::getLineNumber)
                        .findFirst();
            }
        }
        return OptionalLong.empty();
    }

    private void collect(TypeElement type, CompilationUnitTree unit) {
        TypeElement planType = task.getElements().getTypeElement(PLAN_TYPE);
        TreePath path = trees.getPath(type);
        if (planType == null || path == null) {
            return;
        }
        Types types = task.getTypes();
        TypeMirror plan = types.erasure(planType.asType());
        new TreePathScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
                if (trees.getElement(getCurrentPath()) instanceof TypeElement element
                        && !element.getKind().isInterface()) {
                    long line = unit.getLineMap()
                            .getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
                    if (types.isSubtype(types.erasure(element.asType()), plan)) {
                        candidates.add(candidate(element, line, unit));
                    } else if (folder.plan().isAt(unit.getSourceFile())) {
                        AlmostPlan.advice(element, line).ifPresent(almost::add);
                    }
                }
                return super.visitClass(tree, null);
            }
        }.scan(path, null);
    }

    private Candidate candidate(TypeElement element, long line, CompilationUnitTree unit) {
        String fileName = folder.sources().stream()
                .filter(source -> source.isAt(unit.getSourceFile()))
                .map(SourceFile::fileName)
                .findFirst()
                .orElse("");
        String binaryName = task.getElements().getBinaryName(element).toString();
        String displayName = element.getNestingKind() == NestingKind.ANONYMOUS
                ? "an anonymous class"
                : element.getSimpleName().toString();
        boolean isAbstract = element.getModifiers().contains(Modifier.ABSTRACT);
        var usable = new Candidate(fileName, line, binaryName, displayName, isAbstract, null, null);
        if (isAbstract) {
            return usable.not("it is abstract", "let one class of this file extend it, or make it concrete");
        }
        if (element.getNestingKind() == NestingKind.LOCAL || element.getNestingKind() == NestingKind.ANONYMOUS) {
            return usable.not("it is declared inside a method or an expression", "move it to the top of the file");
        }
        if (isInner(element)) {
            return usable.not("it is an inner class, which needs an instance of the class around it", "make it static");
        }
        if (element.getKind() == ElementKind.ENUM || !hasPlainConstructor(element)) {
            return usable.not(
                    "it has no constructor without arguments",
                    "add one; what the plan needs to know goes into its settings");
        }
        return usable;
    }

    private static boolean isInner(TypeElement type) {
        return type.getNestingKind() == NestingKind.MEMBER
                && !type.getModifiers().contains(Modifier.STATIC);
    }

    private static boolean hasPlainConstructor(Element type) {
        return ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                .anyMatch(constructor -> constructor.getParameters().isEmpty());
    }

    private PlanException several(List<Candidate> plans) {
        String list = plans.stream()
                .map(plan -> plan.displayName + " (line " + plan.line + ")")
                .collect(Collectors.joining(", "));
        return PlanException.of("Cannot tell which class is the plan: " + list + " implement ExperimentPlan")
                .at(folder.plan().fileName())
                .advice("keep one in this file, and move the others to files of their own")
                .build();
    }

    private PlanException none() {
        Stream<String> elsewhere = candidates.stream()
                .filter(candidate -> candidate.problem == null)
                .map(candidate -> candidate.displayName + " in " + candidate.fileName + " does: name that file");
        String advice = Stream.concat(almost.stream(), elsewhere).collect(Collectors.joining("; "));
        return PlanException.of("Cannot find a plan: no class of this file implements ExperimentPlan")
                .at(folder.plan().fileName())
                .advice(
                        advice.isEmpty()
                                ? "let one class of this file implement org.experimaestro.ExperimentPlan<Settings>"
                                : advice)
                .build();
    }

    /** A class that implements the plan's interface, with the reason why it cannot be used, or {@code null}. */
    private record Candidate(
            String fileName,
            long line,
            String binaryName,
            String displayName,
            boolean isAbstract,
            @Nullable String problem,
            @Nullable String mend) {

        Candidate not(String newProblem, String newMend) {
            return new Candidate(fileName, line, binaryName, displayName, isAbstract, newProblem, newMend);
        }

        String location() {
            return fileName + ":" + line;
        }
    }
}
