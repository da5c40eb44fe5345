package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The files that a {@code //SOURCES} line names: paths, and patterns such as {@code utils/*.java}. */
final class SourcePatterns {
    private static final String ANY_FOLDER = "**/";

    private SourcePatterns() {}

    /** Returns the files of one line; a word without a file is a problem. */
    static Set<Path> files(Directive directive, List<String> problems) throws IOException {
        Set<Path> all = new TreeSet<>();
        for (String word : directive.words()) {
            try {
                Set<Path> files = files(directive.folder(), word);
                if (files.isEmpty()) {
                    problems.add(directive.problem(
                            word, "names no Java source in " + directive.folder() + "; write a path from there"));
                }
                all.addAll(files);
            } catch (InvalidPathException | PatternSyntaxException wrong) {
                problems.add(directive.problem(word, "is no path of a Java source: " + wrong.getMessage()));
            }
        }
        return all;
    }

    private static Set<Path> files(Path folder, String pattern) throws IOException {
        int wildcard = 0;
        while (wildcard < pattern.length() && "*?[{".indexOf(pattern.charAt(wildcard)) < 0) {
            wildcard++;
        }
        Set<Path> files = new TreeSet<>();
        if (wildcard == pattern.length()) {
            Path file = folder.resolve(pattern).normalize();
            if (file.toString().endsWith(".java") && Files.isRegularFile(file)) {
                files.add(file);
            }
            return files;
        }
        int start = pattern.lastIndexOf('/', wildcard) + 1;
        Path base = folder.resolve(pattern.substring(0, start)).normalize();
        String rest = pattern.substring(start);
        // As in other tools, "**/" means any number of folders, none included.
        List<PathMatcher> matchers = Stream.of(rest, rest.replace(ANY_FOLDER, ""))
                .map(each -> FileSystems.getDefault().getPathMatcher("glob:" + each))
                .toList();
        if (Files.isDirectory(base)) {
            try (Stream<Path> tree = Files.walk(base)) {
                tree.filter(file -> SourceFolder.isSource(file) && Files.isRegularFile(file))
                        .filter(file -> matchers.stream().anyMatch(matcher -> matcher.matches(base.relativize(file))))
                        .forEach(files::add);
            }
        }
        return files;
    }
}
