package org.experimaestro.core.serial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.core.json.JsonFile;

/** The classes of a type id, as the annotation processor has noted them beside the compiled classes. */
public final class TypeResources {
    /** The folder of the notes in a jar or a folder of classes. */
    public static final String FOLDER = "META-INF/experimaestro/types/";

    private static final String FORMER_FOLDER = "META-INF/experimaestro/former-types/";

    private TypeResources() {}

    /**
     * Finds the classes of a type id.
     *
     * @param typeId a type id
     * @param classes finds the notes
     * @return the binary name of the class in each note, by the place of the note, sorted; empty if the processor was
     *     not run
     * @throws UncheckedIOException if a note cannot be read
     * @throws org.experimaestro.core.json.JsonException if a note is damaged; the message names it
     */
    public static Map<String, String> find(String typeId, ClassLoader classes) {
        return findIn(FOLDER, typeId, classes);
    }

    /**
     * Finds the classes that had a type id before.
     *
     * @param typeId a former type id
     * @param classes finds the notes
     * @return as for {@link #find}
     * @throws UncheckedIOException if a note cannot be read
     * @throws org.experimaestro.core.json.JsonException if a note is damaged; the message names it
     */
    public static Map<String, String> findFormer(String typeId, ClassLoader classes) {
        return findIn(FORMER_FOLDER, typeId, classes);
    }

    private static Map<String, String> findIn(String folder, String typeId, ClassLoader classes) {
        Map<String, String> found = new TreeMap<>();
        String resource = folder + typeId + ".json";
        try {
            Enumeration<URL> urls = classes.getResources(resource);
            while (urls.hasMoreElements()) {
                URL url = urls.nextElement();
                try (var in = url.openStream()) {
                    // What is longer, of whatever jar, is cut, and so no JSON.
                    byte[] text = in.readNBytes(JsonFile.SMALL_BYTES);
                    found.put(
                            url.toString(), JsonFile.parse(text, url.toString()).string("class"));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + resource + " from the class path", unreadable);
        }
        return found;
    }
}
