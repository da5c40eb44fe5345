package org.experimaestro.loader.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** A reader of compiled classes, which does not load them. */
final class CompiledClasses {
    private static final String CONFIG_TYPE = "Lorg/experimaestro/ConfigType;";
    private static final String DESCRIPTORS = "META-INF/experimaestro/types";
    private static final String CLASS = ".class";

    private CompiledClasses() {}

    /** Returns the binary names of the classes in folders and jars. */
    static List<String> names(Collection<Path> classPath) {
        List<String> names = new ArrayList<>();
        try {
            for (Path entry : classPath) {
                if (Files.isDirectory(entry)) {
                    names.addAll(namesIn(entry));
                } else {
                    try (FileSystem jar = FileSystems.newFileSystem(entry)) {
                        names.addAll(namesIn(jar.getPath("/")));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    /**
     * Returns the configuration classes that were compiled without our annotation processor: those in a folder
     * without descriptors.
     *
     * @param folder a module's compiled classes
     * @return binary names of configurations; none if the processor ran or there are no configurations
     */
    static List<String> configurationsWithoutDescriptors(Path folder) throws IOException {
        if (Files.isDirectory(folder.resolve(DESCRIPTORS))) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (Path file : classFiles(folder)) {
            if (isConfiguration(file)) {
                names.add(binaryName(folder, file));
            }
        }
        return names;
    }

    private static boolean isConfiguration(Path classFile) throws IOException {
        byte[] bytes = Files.readAllBytes(classFile);
        try {
            return isConfiguration(bytes);
        } catch (RuntimeException noClass) {
            // Another tool has made it, or has not finished; a class loader will report the error. The JDK's reader
            // throws many exceptions for that, ClassCastException among them.
            return false;
        }
    }

    private static boolean isConfiguration(byte[] classFile) {
        return ClassFile.of().parse(classFile).findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .anyMatch(annotation -> annotation.className().equalsString(CONFIG_TYPE));
    }

    private static List<String> namesIn(Path root) throws IOException {
        return classFiles(root).stream().map(file -> binaryName(root, file)).toList();
    }

    private static List<Path> classFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(CLASS)
                            && !file.endsWith("module-info.class")
                            && !file.endsWith("package-info.class"))
                    .sorted()
                    .toList();
        }
    }

    private static String binaryName(Path root, Path file) {
        String name = root.relativize(file).toString();
        return name.substring(0, name.length() - CLASS.length())
                .replace('/', '.')
                .replace('\\', '.');
    }
}
