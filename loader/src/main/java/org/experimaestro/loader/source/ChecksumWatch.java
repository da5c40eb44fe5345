package org.experimaestro.loader.source;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.aether.AbstractRepositoryListener;
import org.eclipse.aether.RepositoryEvent;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.transfer.ChecksumFailureException;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.base.text.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * A listener that records each file whose checksum differs from its repository's: jars, poms, and lists of versions.
 *
 * <p>The resolver itself refuses such a file when it fetches it, but may continue with another repository's file, or
 * without it. A file in the local repository may have been fetched by Maven, which only prints a warning. Therefore
 * it is compared with the checksum that Maven keeps beside it. A file of {@code mvn install} comes from no
 * repository, and has no checksum.
 *
 * <p>Thread-safe, because the resolver uses threads.
 */
final class ChecksumWatch extends AbstractRepositoryListener {
    /**
     * The algorithms, the best first. MD5 is excluded, because a second file with the same digest can be made in
     * seconds.
     */
    private static final List<String> ALGORITHMS = List.of("SHA-512", "SHA-256", "SHA-1");

    /** The largest size of a checksum's file, which is usually far smaller. */
    private static final int MOST_BYTES = 64 << 10;

    /** The greatest length of a checksum. */
    private static final int LONGEST = 128;

    private static final Pattern LABELLED = Pattern.compile(".+= *([0-9A-Fa-f]+)");

    private final Set<String> problems = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Map<String, Path> poms = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Set<Path> checked = ConcurrentHashMap.newKeySet();

    /** Returns a line for each file, with advice. */
    List<String> problems() {
        synchronized (problems) {
            return List.copyOf(problems);
        }
    }

    /** Returns the poms that were read, by their coordinates. */
    Map<String, Path> poms() {
        synchronized (poms) {
            return new LinkedHashMap<>(poms);
        }
    }

    @Override
    public void artifactDownloaded(RepositoryEvent event) {
        downloaded(event, name(event.getArtifact()));
    }

    @Override
    public void metadataDownloaded(RepositoryEvent event) {
        downloaded(event, event.getMetadata().toString());
    }

    @Override
    public void artifactResolved(RepositoryEvent event) {
        Artifact artifact = event.getArtifact();
        File file = event.getFile();
        if (file != null && artifact.getExtension().equals("pom")) {
            poms.putIfAbsent(name(artifact), file.toPath());
        }
        resolved(event, name(artifact));
    }

    @Override
    public void metadataResolved(RepositoryEvent event) {
        resolved(event, event.getMetadata().toString());
    }

    private void downloaded(RepositoryEvent event, String name) {
        for (Throwable cause = event.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ChecksumFailureException failure) {
                problems.add(name + " of the repository " + where(event) + problem(failure));
                return;
            }
        }
    }

    private static String problem(ChecksumFailureException failure) {
        String expected = orEmpty(failure.getExpected());
        String found = orEmpty(failure.getActual());
        if (expected.isEmpty()) {
            return " has no checksum there to compare it with; ask its publisher to add one, as mvn deploy does, or check"
                    + " the jar yourself and name its file, as in //DEPS libs/NAME.jar";
        }
        return difference(found, expected)
                + "; it was damaged or changed on the way, or the repository is broken: run again, and if that does not help,"
                + " report it to the owners of the repository";
    }

    private void resolved(RepositoryEvent event, String name) {
        File file = event.getFile();
        if (file == null || !(event.getRepository() instanceof RemoteRepository) || !checked.add(file.toPath())) {
            return;
        }
        // The dispatcher would only log an exception.
        try {
            String problem = problem(file.toPath());
            if (problem != null) {
                problems.add(
                        name + " in the local repository, " + file + ", from the repository " + where(event) + problem);
            }
        } catch (IOException unreadable) {
            problems.add(name + " cannot be compared with its checksum: " + unreadable);
        }
    }

    private static @Nullable String problem(Path file) throws IOException {
        String fetchAgain = "; delete the folder " + file.getParent() + ", so that it is fetched again, and compared";
        for (String algorithm : ALGORITHMS) {
            Path checksum = checksum(file, algorithm);
            if (Files.isRegularFile(checksum)) {
                String expected = digits(text(checksum));
                String found = SequenceDigest.ofFile(file, algorithm);
                return expected.equalsIgnoreCase(found) ? null : difference(found, expected) + fetchAgain;
            }
        }
        return Files.isRegularFile(checksum(file, "MD5"))
                ? " has only an MD5 as its checksum, which does not protect against changes; ask its publisher to add a"
                        + " SHA-1, SHA-256 or SHA-512 too, as mvn deploy does, and delete the folder "
                        + file.getParent()
                        + " then; or check the jar yourself and name its file, as in //DEPS libs/NAME.jar"
                : " has no checksum beside it to compare it with" + fetchAgain;
    }

    private static Path checksum(Path file, String algorithm) {
        String end = "." + algorithm.replace("-", "").toLowerCase(Locale.ROOT);
        return file.resolveSibling(file.getFileName() + end);
    }

    private static String text(Path checksum) throws IOException {
        return new String(BoundedFile.read(checksum.toRealPath(), MOST_BYTES), StandardCharsets.UTF_8);
    }

    /**
     * Returns the digits of a checksum's file. Maven keeps the digits alone. Earlier versions kept the received text:
     * {@code DIGITS  NAME}, or {@code SHA1(NAME)= DIGITS}.
     */
    private static String digits(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        Matcher labelled = LABELLED.matcher(line);
        return labelled.matches() ? labelled.group(1) : line.split("\\s", 2)[0];
    }

    private static String difference(String found, String expected) {
        String algorithm = switch (found.length()) {
            case 128 -> "SHA-512";
            case 64 -> "SHA-256";
            case 40 -> "SHA-1";
            default -> "MD5";
        };
        String shown = expected.length() > LONGEST ? expected.substring(0, LONGEST) + "…" : expected;
        return ": its " + algorithm + " is " + found + ", and should be " + VisibleText.of(shown);
    }

    private static String where(RepositoryEvent event) {
        return event.getRepository() instanceof RemoteRepository repository
                ? repository.getId() + " (" + repository.getUrl() + ")"
                : event.getRepository().getId();
    }

    private static String name(Artifact artifact) {
        return artifact.toString();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
