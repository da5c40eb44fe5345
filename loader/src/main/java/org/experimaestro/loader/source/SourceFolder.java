package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.experimaestro.PlanException;

/**
 * The sources of a plan's folder, read into memory.
 *
 * @param plan the file that holds the plan
 * @param sources every {@code *.java} file of the folder, the plan's included, by name; then those of {@code //SOURCES}
 */
record SourceFolder(SourceFile plan, List<SourceFile> sources) {

    SourceFolder {
        sources = List.copyOf(sources);
    }

    static SourceFolder read(Path planFile) throws IOException {
        Path folder = planFile.toAbsolutePath().normalize().getParent();
        if (!Files.isRegularFile(planFile) || folder == null) {
            throw missing(planFile);
        }
        List<SourceFile> sources = sources(folder);
        String name = planFile.getFileName().toString();
        SourceFile plan = sources.stream()
                .filter(source -> source.fileName().equals(name))
                .findFirst()
                .orElseThrow(() -> missing(planFile));
        return new SourceFolder(plan, sources);
    }

    /** Returns the sources. A source with {@code //SOURCES} may name sources that name others. */
    private static List<SourceFile> sources(Path folder) throws IOException {
        List<String> problems = new ArrayList<>();
        List<SourceFile> sources = new ArrayList<>();
        Set<Path> files = new LinkedHashSet<>(javaFiles(folder));
        for (Deque<Path> open = new ArrayDeque<>(files); !open.isEmpty(); ) {
            Path file = open.removeFirst();
            String name = folder.relativize(file).toString().replace('\\', '/');
            SourceFile source = new SourceFile(file, name, text(file));
            sources.add(source);
            // Other problems of the directives are reported with all directives.
            for (Directive directive : Directive.of(source, new ArrayList<>())) {
                if (directive.name() == DirectiveName.SOURCES) {
                    SourcePatterns.files(directive, problems).stream()
                            .filter(files::add)
                            .forEach(open::add);
                }
            }
        }
        Directives.refuse(problems);
        return sources;
    }

    /**
     * Returns the sources of the folder itself. Editors' lock files, which start with a dot, are left out, and so is
     * a module's descriptor, because plans are never compiled as a module.
     */
    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> isSource(file) && Files.isRegularFile(file))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
        }
    }

    static boolean isSource(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".java") && !name.startsWith(".") && !name.equals("module-info.java");
    }

    private static String text(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw PlanException.of("Cannot read " + file.getFileName() + ": it is not UTF-8 text")
                    .at(file.getFileName() + ":" + lineAt(bytes))
                    .advice("save it in UTF-8")
                    .cause(e)
                    .build();
        }
    }

    /** Returns the line where the decoder stopped. */
    private static long lineAt(ByteBuffer bytes) {
        return 1
                + IntStream.range(0, bytes.position())
                        .filter(index -> bytes.get(index) == '\n')
                        .count();
    }

    private static PlanException missing(Path planFile) {
        Path folder = planFile.toAbsolutePath().normalize().getParent();
        String name = planFile.getFileName().toString();
        List<String> names = List.of();
        if (folder != null && Files.isDirectory(folder)) {
            try {
                names = javaFiles(folder).stream()
                        .map(file -> file.getFileName().toString())
                        .toList();
            } catch (IOException e) {
                return PlanException.of("Cannot list the folder " + folder)
                        .cause(e)
                        .build();
            }
        }
        return PlanException.of("Cannot find the plan " + name + " in " + folder)
                .advice(NameAdvice.suggestion(name, names, "Java sources there"))
                .build();
    }
}
