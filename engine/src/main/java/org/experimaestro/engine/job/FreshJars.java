package org.experimaestro.engine.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.experimaestro.core.serial.TypeResources;

/**
 * The jars of a plan whose classes are new for each task of a worker: those with the classes of the plan, and all whose classes
 * see one of these. A class that the tasks share sees only others that they share. Confined to one thread.
 */
final class FreshJars {
    private static final String SUFFIX = ".class";
    private static final String VERSIONS = "META-INF/versions/";

    private final List<Path> jars;
    /** The number of the first jar that has a class, by its internal name. */
    private final Map<String, Integer> classes = new HashMap<>();
    /** The jars that have classes of a package, by its internal name. */
    private final Map<String, BitSet> packages = new HashMap<>();

    private final BitSet fresh = new BitSet();

    private FreshJars(List<Path> jars) {
        this.jars = jars;
    }

    /**
     * Finds the jars. It reads the constants of all classes of the others, unless all jars are the plan's.
     *
     * @param jars the jars of a class path, in their order
     * @param isOwn the numbers of those that have classes of the plan and its tasks for sure
     * @return the fresh ones, in their order
     * @throws IOException if one cannot be read
     */
    static List<Path> find(List<Path> jars, BitSet isOwn) throws IOException {
        FreshJars search = new FreshJars(jars);
        search.fresh.or(isOwn);
        for (int i = 0; i < jars.size(); i++) {
            search.list(i);
        }
        if (!search.fresh.isEmpty() && search.fresh.cardinality() < jars.size()) {
            search.addAllThatSeeOne();
        }
        return search.fresh.stream().mapToObj(jars::get).toList();
    }

    private void list(int jar) throws IOException {
        try (ZipFile file = new ZipFile(jars.get(jar).toFile())) {
            for (ZipEntry entry : file.stream().toList()) {
                String name = entry.getName();
                if (name.startsWith(TypeResources.FOLDER)) {
                    fresh.set(jar);
                }
                String type = className(name);
                if (!type.isEmpty()) {
                    classes.putIfAbsent(type, jar);
                    packages.computeIfAbsent(packageOf(type), of -> new BitSet())
                            .set(jar);
                }
            }
        } catch (ZipException noJar) {
            // Java ignores it on a class path.
        }
    }

    /** Returns the internal name of the class in an entry; empty if it has none. */
    private static String className(String entry) {
        if (!entry.endsWith(SUFFIX) || entry.endsWith("module-info.class")) {
            return "";
        }
        int start = entry.startsWith(VERSIONS) ? entry.indexOf('/', VERSIONS.length()) + 1 : 0;
        return entry.substring(start, entry.length() - SUFFIX.length());
    }

    private static String packageOf(String type) {
        return type.substring(0, Math.max(0, type.lastIndexOf('/')));
    }

    private void addAllThatSeeOne() throws IOException {
        List<BitSet> viewers = new ArrayList<>();
        for (int i = 0; i < jars.size(); i++) {
            viewers.add(new BitSet());
        }
        for (BitSet sharers : packages.values()) {
            // Classes of one package see what is private to it, if one loader has defined them.
            sharers.stream().forEach(sharer -> viewers.get(sharer).or(sharers));
        }
        List<BitSet> seen;
        try {
            seen = IntStream.range(0, jars.size())
                    .parallel()
                    .mapToObj(i -> fresh.get(i) ? new BitSet() : seenBy(jars.get(i)))
                    .toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        for (int i = 0; i < jars.size(); i++) {
            int viewer = i;
            seen.get(i).stream().forEach(target -> viewers.get(target).set(viewer));
        }
        Deque<Integer> open = new ArrayDeque<>(fresh.stream().boxed().toList());
        while (!open.isEmpty()) {
            viewers.get(open.remove()).stream()
                    .filter(viewer -> !fresh.get(viewer))
                    .forEach(viewer -> {
                        fresh.set(viewer);
                        open.add(viewer);
                    });
        }
    }

    /** Returns the numbers of the jars with classes to which the classes of a jar refer. */
    private BitSet seenBy(Path jar) {
        BitSet seen = new BitSet();
        try (ZipFile file = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : file.stream().toList()) {
                if (!className(entry.getName()).isEmpty()) {
                    try (InputStream in = file.getInputStream(entry)) {
                        addSeen(in.readAllBytes(), seen);
                    }
                }
            }
        } catch (ZipException noJar) {
            return seen;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return seen;
    }

    private void addSeen(byte[] bytes, BitSet seen) {
        try {
            for (PoolEntry constant : ClassFile.of().parse(bytes).constantPool()) {
                switch (constant) {
                    case ClassEntry type -> add(type.asInternalName(), seen);
                    case StringEntry text -> addNamed(text.stringValue(), seen);
                    case Utf8Entry text -> addDescribed(text.stringValue(), seen);
                    default -> {}
                }
            }
        } catch (IllegalArgumentException noClass) {
            // No loader can define it.
        }
    }

    private void add(String type, BitSet seen) {
        Integer jar = classes.get(type);
        if (jar != null) {
            seen.set(jar);
        }
    }

    /** Adds the class that a text names, as code gives it to {@code Class.forName}. A word without a dot may mean anything. */
    private void addNamed(String text, BitSet seen) {
        if (text.indexOf('.') > 0 && text.indexOf(' ') < 0) {
            add(text.replace('.', '/'), seen);
        }
    }

    /** Adds the classes in a descriptor or signature (JVM Specification 4.3 and 4.7.9.1), such as {@code (LThing;)V}. */
    private void addDescribed(String text, BitSet seen) {
        int end = text.indexOf(';');
        if (end < 0) {
            return;
        }
        for (int start = text.indexOf('L'); start >= 0; start = text.indexOf('L', start + 1)) {
            end = start + 1;
            while (end < text.length() && ";<.".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            if (end < text.length()) {
                add(text.substring(start + 1, end), seen);
            }
        }
    }
}
