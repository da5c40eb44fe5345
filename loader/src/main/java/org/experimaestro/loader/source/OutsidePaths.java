package org.experimaestro.loader.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The paths outside a build's folders that its poms name: sources shared among projects, a repository in a folder,
 * jars. A file with a relative path ({@code ../shared-src}) is copied with the project; a file with an absolute path
 * is used in place.
 */
final class OutsidePaths {
    /** The elements that name poms, which are found otherwise, or places to write to. */
    private static final Set<String> NO_INPUTS = Set.of(
            "relativePath", "module", "outputDirectory", "testOutputDirectory", "workingDirectory", "outputFile");
    /**
     * The elements whose absolute paths count, because they are certainly read. Other paths may lead to as much data
     * as a disk has.
     */
    private static final Set<String> READ_IN_PLACE =
            Set.of("source", "sourceDirectory", "scriptSourceDirectory", "systemPath", "directory");

    private final Set<Path> relative = new TreeSet<>();
    private final Set<Path> absolute = new TreeSet<>();
    private final Path root;
    private final Map<String, String> properties = new HashMap<>();

    /** A path in a pom. */
    private record Named(String element, String text) {}

    private OutsidePaths(Path root, Map<String, String> properties) {
        this.root = root;
        this.properties.putAll(properties);
    }

    /**
     * Reads poms.
     *
     * @param poms each pom with the folders that its relative paths start from: its own, and those of its heirs
     * @param root folder of the topmost project
     * @param properties values that override those of the poms
     */
    static OutsidePaths of(Map<Path, Collection<Path>> poms, Path root, Map<String, String> properties)
            throws IOException {
        var paths = new OutsidePaths(root, properties);
        Map<Path, List<Named>> named = new HashMap<>();
        for (Path pom : poms.keySet()) {
            List<Named> texts = texts(pom);
            named.put(pom, texts);
            texts.forEach(each -> paths.properties.putIfAbsent(each.element(), each.text()));
        }
        poms.forEach((pom, folders) ->
                named.getOrDefault(pom, List.of()).forEach(each -> folders.forEach(folder -> paths.add(each, folder))));
        return paths;
    }

    /** Returns the existing files and folders with relative paths. */
    Set<Path> relative() {
        return relative;
    }

    /** Returns the existing files and folders that are read in place. */
    Set<Path> absolute() {
        return absolute;
    }

    private void add(Named named, Path folder) {
        if (NO_INPUTS.contains(named.element())) {
            return;
        }
        String text = PomVariables.replace(named.text(), name -> value(name, folder))
                .replaceFirst("^file:(?://)?(?=/|\\.)", "");
        // "${project.basedir}/../x" is relative, though the variable is absolute.
        boolean isRelative = text.startsWith("..") || text.contains("/../");
        if (text.indexOf('\n') >= 0 || text.contains("${") || !isRelative && !text.startsWith("/")) {
            return;
        }
        try {
            Path path = folder.resolve(text).normalize();
            if (Files.exists(path) && isRelative) {
                relative.add(path);
            } else if (Files.exists(path) && READ_IN_PLACE.contains(named.element())) {
                absolute.add(path);
            }
        } catch (InvalidPathException noPath) {
            return; // a text of another kind
        }
    }

    private @Nullable String value(String name, Path folder) {
        return switch (name) {
            case "basedir", "project.basedir", "pom.basedir" -> folder.toString();
            case "project.parent.basedir" -> folder.resolve("..").normalize().toString();
            case "maven.multiModuleProjectDirectory", "session.executionRootDirectory" -> root.toString();
            default -> properties.get(name);
        };
    }

    /** Returns the texts of the elements that have only text. */
    private static List<Named> texts(Path pom) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        List<Named> texts = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>();
        var text = new StringBuilder();
        try (InputStream in = Files.newInputStream(pom)) {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        open.push(reader.getLocalName());
                        text.setLength(0);
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                    case XMLStreamConstants.END_ELEMENT -> {
                        String element = open.pop();
                        if (!text.toString().isBlank()) {
                            texts.add(new Named(element, text.toString().strip()));
                        }
                        text.setLength(0);
                    }
                    default -> {}
                }
            }
        } catch (XMLStreamException unreadable) {
            return List.of(); // Maven itself reports the error of a pom
        }
        return texts;
    }
}
