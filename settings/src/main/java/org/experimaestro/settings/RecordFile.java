package org.experimaestro.settings;

import java.nio.file.Path;
import java.util.Optional;
import org.experimaestro.settings.YamlValue.Mapping;

/**
 * A reader of a YAML file into a record. The record's components are the keys of the file: {@code maxDuration} is
 * {@code max_duration}. In addition to the types of a plan's settings, components may be {@link Located}, and of
 * types that are {@link WrittenAs} a text.
 */
public final class RecordFile {
    private RecordFile() {}

    /**
     * Reads a file.
     *
     * @param file the file, which exists; it may be empty
     * @param source its name in messages
     * @param type the record
     * @param problems receives the problems of the file
     * @param <R> the type of the record
     * @return the record; empty if there are problems
     */
    public static <R extends Record> Optional<R> read(Path file, Source source, Class<R> type, Problems problems) {
        Mapping written = YamlFile.read(file, source, problems);
        return bind(new Interpolation(System.getenv(), problems).apply(written), source, type, problems);
    }

    /**
     * Reads the text of a file that is not written yet.
     *
     * @param text the text
     * @param source its name in messages
     * @param type the record
     * @param problems receives the problems of the text
     * @param <R> the type of the record
     * @return the record; empty if there are problems
     */
    public static <R extends Record> Optional<R> parse(String text, Source source, Class<R> type, Problems problems) {
        Mapping written = YamlFile.parse(text, source, problems);
        return bind(new Interpolation(System.getenv(), problems).apply(written), source, type, problems);
    }

    static <R extends Record> Optional<R> bind(Mapping map, Source source, Class<R> type, Problems problems) {
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return new SettingsBinder(problems, source.folder()).bindAll(type, map).map(type::cast);
    }
}
