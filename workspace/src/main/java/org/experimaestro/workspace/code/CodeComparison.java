package org.experimaestro.workspace.code;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A comparison of the code of jobs with other code. A task's own project is the jars that hold the task and its
 * configurations, and the other modules of a Maven project. Of these, only the classes that the task reaches count: those
 * that its class and its configurations' classes name, and so on. Other jars count as a whole, and those of Experimaestro
 * not at all. Results are remembered. Confined to one thread.
 */
public final class CodeComparison {
    /** One class of each jar of ours that a job needs. */
    public static final List<String> OWN_CLASSES = List.of(
            "org.experimaestro.runtime.JobMain",
            "org.experimaestro.workspace.Workspace",
            "org.experimaestro.core.json.Json",
            "org.experimaestro.model.Node",
            "org.experimaestro.Config",
            "org.experimaestro.requirement.Alternative",
            "org.experimaestro.base.process.PlanLine",
            "org.jspecify.annotations.NullMarked");

    /** The name that the plan cache gives to the classes of a module of a Maven project. */
    private static final Pattern MODULE = Pattern.compile("[0-9]+-.+");

    private final Map<Question, CodeChange> answers = new HashMap<>();

    private record Question(Set<String> before, Set<String> now, Set<String> roots) {}

    /**
     * Compares the code of a job with other code.
     *
     * @param before the class path of the job
     * @param now the other class path
     * @param roots the binary names of the classes of the task and of its configurations
     * @return what differs
     * @throws IOException if a jar, or a class in it, cannot be read
     */
    public CodeChange compare(List<CodeEntry> before, List<CodeEntry> now, Collection<String> roots)
            throws IOException {
        Question question = new Question(names(before), names(now), Set.copyOf(roots));
        if (question.before().equals(question.now())) {
            return CodeChange.NONE;
        }
        CodeChange known = answers.get(question);
        if (known == null) {
            known = answer(question, before, now);
            answers.put(question, known);
        }
        return known;
    }

    private static Set<String> names(List<CodeEntry> entries) {
        Set<String> names = new HashSet<>();
        for (CodeEntry entry : entries) {
            names.add(entry.name());
        }
        return names;
    }

    private static CodeChange answer(Question question, List<CodeEntry> before, List<CodeEntry> now)
            throws IOException {
        try (ClassPathContent content = new ClassPathContent()) {
            SortedSet<String> jars = new TreeSet<>();
            Reached former = reach(content, before, question.now(), question.roots(), jars);
            Reached latter = reach(content, now, question.before(), question.roots(), jars);
            SortedSet<String> classes = new TreeSet<>();
            addDifferent(former, latter, classes);
            addDifferent(latter, former, classes);
            return new CodeChange(classes, jars);
        }
    }

    /**
     * The classes of the project that a task reaches.
     *
     * @param classes their bytes by name, with slashes
     * @param isWhole false if somebody has deleted an entry of the class path, which is among the jars then: a class that
     *     is not here may have been in it
     */
    private record Reached(Map<String, byte[]> classes, boolean isWhole) {}

    private static void addDifferent(Reached one, Reached other, Set<String> classes) {
        one.classes().forEach((name, bytes) -> {
            byte[] there = other.classes().get(name);
            if (there == null ? other.isWhole() : !Arrays.equals(bytes, there)) {
                classes.add(name.replace('/', '.'));
            }
        });
    }

    /**
     * Finds the classes of the project that a task reaches.
     *
     * @param others the names of the entries of the other class path, which have the same content
     * @param jars gets the names of the entries that differ and are not the project's
     */
    private static Reached reach(
            ClassPathContent content,
            List<CodeEntry> classPath,
            Set<String> others,
            Set<String> roots,
            Set<String> jars)
            throws IOException {
        Map<String, CodeEntry> project = new LinkedHashMap<>();
        boolean isWhole = true;
        for (CodeEntry entry : classPath) {
            boolean isThere = content.open(entry);
            if (isThere && holdsAny(content, entry, OWN_CLASSES)) {
                continue;
            }
            if (isThere && (MODULE.matcher(entry.name()).matches() || holdsAny(content, entry, roots))) {
                project.put(entry.name(), entry);
            } else if (!others.contains(entry.name())) {
                jars.add(entry.shortName());
                isWhole &= isThere;
            }
        }
        Map<String, byte[]> reached = new HashMap<>();
        Deque<String> open = new ArrayDeque<>();
        roots.forEach(root -> open.add(slashed(root)));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String name = open.remove();
            if (seen.add(name)) {
                visit(content, project.values(), name, reached, open);
            }
        }
        return new Reached(reached, isWhole);
    }

    private static void visit(
            ClassPathContent content,
            Collection<CodeEntry> project,
            String name,
            Map<String, byte[]> reached,
            Deque<String> open)
            throws IOException {
        for (CodeEntry entry : project) {
            byte[] bytes = content.find(entry, name);
            if (bytes != null) {
                reached.put(name, bytes);
                try {
                    open.addAll(ClassReferences.of(bytes));
                } catch (IOException damaged) {
                    throw new IOException(
                            "Cannot read the class " + name.replace('/', '.') + " in " + entry.place(), damaged);
                }
                return;
            }
        }
    }

    private static boolean holdsAny(ClassPathContent content, CodeEntry entry, Collection<String> classes)
            throws IOException {
        for (String name : classes) {
            if (content.find(entry, slashed(name)) != null) {
                return true;
            }
        }
        return false;
    }

    private static String slashed(String name) {
        return name.replace('.', '/');
    }
}
