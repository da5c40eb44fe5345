package org.experimaestro.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.experimaestro.settings.YamlValue.Sequence;

/** A reader of one YAML file, which has keys with values. */
final class YamlFile {
    /** The largest file, 16 MiB; the parser takes three million characters. */
    private static final int MOST_BYTES = 16 << 20;

    private YamlFile() {}

    /** Returns the file's map; an empty one if the file is empty, or cannot be read, which is a problem. */
    static Mapping read(Path file, Source source, Problems problems) {
        return text(file, source, problems)
                .map(text -> parse(text, source, problems))
                .orElseGet(() -> new Mapping(Map.of(), source.whole()));
    }

    /**
     * Returns the map in the text of a file; an empty one if the text is empty, or cannot be read, which is a
     * problem.
     */
    static Mapping parse(String text, Source source, Problems problems) {
        var empty = new Mapping(Map.of(), source.whole());
        Optional<YamlValue> value = YamlParser.parse(text, source, problems);
        if (value.isEmpty()) {
            return empty;
        }
        return switch (value.get()) {
            case Mapping map -> map.at(source.whole());
            case Scalar scalar when scalar.kind() == Kind.NULL -> empty;
            case Scalar scalar -> refuseTop(scalar, empty, problems);
            case Sequence list -> refuseTop(list, empty, problems);
        };
    }

    private static Mapping refuseTop(YamlValue found, Mapping empty, Problems problems) {
        problems.add(
                found.origin(),
                "the file must hold keys with values, found " + TypeWords.found(found),
                "write lines such as \"epochs: 16\", with a space after the colon");
        return empty;
    }

    private static Optional<String> text(Path file, Source source, Problems problems) {
        try {
            // The user's own link is followed; its target must be a file.
            byte[] utf8 = BoundedFile.read(file.toRealPath(), MOST_BYTES);
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException exception) {
            problems.add(source.whole(), "the file is not UTF-8 text", "save it as UTF-8", exception);
        } catch (IOException exception) {
            problems.add(source.whole(), "cannot read the file: " + exception, "check its permissions", exception);
        }
        return Optional.empty();
    }
}
