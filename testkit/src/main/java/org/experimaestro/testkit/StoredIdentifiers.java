package org.experimaestro.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.Config;
import org.experimaestro.ConfigId;

/**
 * A file of identifiers in the user's repository. A test that compares them detects a change of the code after which
 * stored results would no longer be found.
 *
 * <p>{@snippet :
 * StoredIdentifiers.in(Path.of("src/test/resources/identifiers.txt")).assertUnmoved(run.tasksByName());
 * }
 *
 * <p>Each line of the file has an identifier, two spaces, and a name. Lines that begin with {@code #} are comments.
 */
public final class StoredIdentifiers {
    /** The name of the system property with which the file is written anew: {@value}. */
    public static final String UPDATE = "identifiers.update";

    private static final String HEADER = "# Identifiers of results that exist: docs/testing.md of Experimaestro.";
    private static final String GAP = "  ";

    private final Path file;

    private StoredIdentifiers(Path file) {
        this.file = file;
    }

    /**
     * Creates an object for the identifiers in a file.
     *
     * @param file the file, which need not exist; only {@link #assertUnmoved} reads it
     * @return the identifiers
     */
    public static StoredIdentifiers in(Path file) {
        return new StoredIdentifiers(file);
    }

    /**
     * Asserts that configurations have the identifiers that the file has for their names. If the system property
     * {@value #UPDATE} is {@code true}, the file is written instead.
     *
     * @param configs the configurations by name, such as {@link PlanRun#tasksByName}. A name has no line break, and
     *     neither begins nor ends with a space.
     * @throws AssertionError if a name's identifier differs, or a name is only in the file or only in {@code
     *     configs}. The message has all these names and advice.
     * @throws UncheckedIOException if the file cannot be read or written
     */
    public void assertUnmoved(Map<String, ? extends Config<?>> configs) {
        SortedMap<String, String> today = new TreeMap<>();
        configs.forEach((name, config) -> {
            if (name.isEmpty() || !name.equals(name.strip()) || name.lines().count() != 1) {
                throw new IllegalArgumentException("A name in " + file
                        + " is one line, without spaces at its ends, but this is one: \"" + name + "\"");
            }
            today.put(name, config.id().toString());
        });
        try {
            if (Boolean.getBoolean(UPDATE)) {
                write(today);
            } else {
                compare(read(), today);
            }
        } catch (NoSuchFileException missing) {
            throw new AssertionError(
                    "There is no file of identifiers " + file.toAbsolutePath() + ": run this test once with -D" + UPDATE
                            + "=true, which writes it, and commit the file",
                    missing);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot use the file of identifiers " + file + ": " + failed, failed);
        }
    }

    private void compare(SortedMap<String, String> stored, SortedMap<String, String> today) {
        List<String> problems = new ArrayList<>();
        stored.forEach((name, id) -> {
            String now = today.get(name);
            if (now == null) {
                problems.add("gone:  " + name + " (" + id + ")");
            } else if (!now.equals(id)) {
                problems.add("moved: " + name + " was " + id + ", is " + now);
            }
        });
        today.forEach((name, id) -> {
            if (!stored.containsKey(name)) {
                problems.add("new:   " + name + " (" + id + ")");
            }
        });
        if (!problems.isEmpty()) {
            throw new AssertionError("The identifiers are not those of " + file.toAbsolutePath() + ":\n    "
                    + String.join("\n    ", problems)
                    + "\nResults that are stored under an identifier that has moved are not found any longer, and would be"
                    + " computed again. If that is not meant, undo the change, or keep the identifiers: a new parameter has a"
                    + " default, and a changed default says what it was. If it is meant, run this test once with -D"
                    + UPDATE
                    + "=true, and commit the file.");
        }
    }

    private SortedMap<String, String> read() throws IOException {
        SortedMap<String, String> stored = new TreeMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int gap = line.indexOf(GAP);
            if (gap < 0 || !ConfigId.isValid(line.substring(0, gap))) {
                throw new AssertionError(file.toAbsolutePath() + ":" + number
                        + ": a line has an identifier, two spaces and a name, but this one is \"" + line
                        + "\": mend it, or run this test once with -D" + UPDATE + "=true");
            }
            String name = line.substring(gap).strip();
            if (stored.put(name, line.substring(0, gap)) != null) {
                throw new AssertionError(file.toAbsolutePath() + ":" + number + ": there are two lines for \"" + name
                        + "\": delete the one that is not the identifier of stored results");
            }
        }
        return stored;
    }

    private void write(SortedMap<String, String> today) throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        today.forEach((name, id) -> lines.add(id + GAP + name));
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(file, lines);
    }
}
