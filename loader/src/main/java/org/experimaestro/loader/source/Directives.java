package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.experimaestro.PlanException;

/**
 * The directives of a plan's sources. All sources of a plan are one program, so a directive in one of them applies to
 * all.
 *
 * @param libraries libraries of repositories, in the order of the files' names and of the lines
 * @param jars jars of this machine
 * @param repositories the repositories for libraries; empty for those of Maven's settings
 */
record Directives(List<DependencyLine> libraries, List<Path> jars, List<RepositoryLine> repositories) {
    private static final Pattern GIT = Pattern.compile("https?://.*");

    Directives {
        libraries = List.copyOf(libraries);
        jars = List.copyOf(jars);
        repositories = List.copyOf(repositories);
    }

    /**
     * Reads the directives of all sources.
     *
     * @throws PlanException with each directive that is wrong, or cannot be used
     */
    static Directives of(SourceFolder folder) {
        var reader = new Reader();
        for (SourceFile source : folder.sources()) {
            for (Directive directive : Directive.of(source, reader.problems)) {
                reader.read(directive);
            }
        }
        refuse(reader.problems);
        return new Directives(
                List.copyOf(reader.libraries.values()),
                List.copyOf(reader.jars),
                List.copyOf(reader.repositories.values()));
    }

    /**
     * Throws if there are problems.
     *
     * @throws PlanException with all problems
     */
    static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw PlanException.of("Cannot use the directives of the sources:\n  " + String.join("\n  ", problems))
                    .build();
        }
    }

    /**
     * Adds the inputs beside the sources that change the result: values of variables, and contents of jars of this
     * machine.
     */
    void addTo(SequenceDigest digest) throws IOException {
        for (DependencyLine library : libraries) {
            digest.add(library.coordinates());
        }
        for (RepositoryLine repository : repositories) {
            digest.add(repository.url());
        }
        for (Path jar : jars) {
            digest.add(jar.toString()).add(SequenceDigest.ofFile(jar));
        }
    }

    /** A reader of single directives. */
    private static final class Reader {
        private final List<String> problems = new ArrayList<>();
        private final Map<String, DependencyLine> libraries = new LinkedHashMap<>();
        private final Set<Path> jars = new LinkedHashSet<>();
        private final Map<String, RepositoryLine> repositories = new LinkedHashMap<>();

        void read(Directive directive) {
            for (String word : directive.words()) {
                switch (directive.name()) {
                    case DEPS -> dependency(word, directive);
                    case REPOS -> repository(word, directive);
                    case JAVA -> release(word, directive);
                    default -> {} // it describes the file, is refused already, or is read with the folder
                }
            }
        }

        private void dependency(String word, Directive directive) {
            if (word.endsWith(".jar") && !GIT.matcher(word).matches()) {
                jar(word, directive);
                return;
            }
            DependencyLine line =
                    DependencyLine.parse(word, directive.location()).orElse(null);
            if (line == null) {
                problems.add(directive.problem(word, wrong(word)));
                return;
            }
            DependencyLine earlier = libraries.putIfAbsent(line.key(), line);
            if (earlier != null && !earlier.version().equals(line.version())) {
                problems.add(line.location() + ": " + line.coordinates() + " stands at " + earlier.location()
                        + " with version " + earlier.version());
            }
        }

        private static String wrong(String word) {
            if (GIT.matcher(word).matches()) {
                return "is an address; write the coordinates of the library, those that jitpack.io gives it for a project"
                        + " in Git";
            }
            String form = "is not group:artifact:version, with :classifier and @type where needed";
            return word.contains("!")
                    ? form + "; what a library needs cannot be left out here, but in a Maven project"
                    : form;
        }

        private void jar(String word, Directive directive) {
            try {
                Path jar = directive
                        .folder()
                        .resolve(word.startsWith("file:") ? word.replaceFirst("file:(//)?", "") : word)
                        .normalize();
                if (!Files.isRegularFile(jar)) {
                    problems.add(directive.problem(word, "is no library: there is no file " + jar));
                } else if (!OwnJars.contains(jar)) {
                    jars.add(jar);
                }
            } catch (InvalidPathException | IOException unreadable) {
                problems.add(directive.problem(word, "cannot be read as a jar: " + unreadable.getMessage()));
            }
        }

        private void repository(String word, Directive directive) {
            try {
                RepositoryLine line = RepositoryLine.parse(word);
                RepositoryLine earlier = repositories.putIfAbsent(line.id(), line);
                if (earlier != null && !earlier.url().equals(line.url())) {
                    problems.add(directive.problem(word, "has another address elsewhere: " + earlier.url()));
                }
            } catch (IllegalArgumentException wrong) {
                problems.add(directive.problem(word, String.valueOf(wrong.getMessage())));
            }
        }

        /**
         * Checks the release. The sources are compiled for the running JDK, and jobs run on it unless they require
         * another.
         */
        private void release(String word, Directive directive) {
            int here = Runtime.version().feature();
            if (!word.matches("\\d{1,3}\\+?")) {
                problems.add(directive.problem(word, "is no release of Java; write it as in //JAVA 21+"));
                return;
            }
            boolean orNewer = word.endsWith("+");
            int release = Integer.parseInt(orNewer ? word.substring(0, word.length() - 1) : word);
            if (orNewer ? release > here : release != here) {
                problems.add(directive.location() + ": //JAVA " + word + " does not fit Java " + here
                        + ", which compiles and runs the plan"
                        + (release < here ? "; write //JAVA " + release + "+" : "; run with a newer JDK"));
            }
        }
    }
}
